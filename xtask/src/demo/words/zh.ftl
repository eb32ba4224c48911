# 演示的文本，简体中文。各语言的编号相同。

prepare = 主管部门准备：国家根密钥、两个地区、服务器。
register = 市民登记并申报健康状况，此时无需网络。
sync = 手机同步一次。
synced = 已发送 { $uploads } 项申报，已校验 { $bundles } 个签名包
rule = 规则 { $rule }
code = 健康码，每 25 秒更新一次，由手机签名。
next-code = 等待下一个。
scan = 可以试扫。按回车键继续。
switch-off = 关闭主管部门的服务器。
check = 武汉的查验点离线核验杭州的健康码。
officers = 两名工作人员共同签署颜色变更：密切接触者。
push = 推送只是提示，手机自行向主管部门查询。
check-again = 查验点更新名单后，旧绿码与新黄码均不予放行。
why = 原因：{ $text }
instruction = 请您：{ $text }
earliest-green = 最早 { $day } 转为绿码
same-by-rules = 手机依据公开规则计算，结果一致。
alert = 提醒：{ $text }
held = 全部步骤均已成立。
did-not-hold = 未成立：{ $what }
next = 接下来：
next-keep = 保留各码，以便自行核验
next-authority = 自建主管部门服务器
next-check = 自行核验 code-1，时间取出示的那一秒（不加 --at 则现在已过期）：
