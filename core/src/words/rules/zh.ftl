# 公开规则的文字说明：符合条件时为某种颜色。

rule = 符合以下条件时为{ $colour }：{ $condition }。
unnamed = 规则集 { $id }，第 { $version } 版
and = { $left }，并且{ $right }
or = { $left }，或者{ $right }

order = 经办人对您作出过判定
order-colour = 经办人判定您为{ $colour }
order-lifted = 经办人已解除对您的管控措施
order-reason = 判定的原因属于：{ $reasons }
reasons = { $left }、{ $right }
no-declaration = 没有您的健康申报
declaration = 有您的健康申报
check-ins-below = 连续每日打卡未满 { $count } 天
days-below = 此后未满 { $count } 天
no-other = 不符合红码和黄码的各条规则

declared-entry = 您申报了从境外入境
declared-negativeTest = 您申报了阴性检测
declared-positiveTest = 有您的阳性检测记录
no-entry = 没有您的入境申报
not-tested = 没有入境后的阴性检测记录
not-tested-since = 没有检测机构报告此后日期的阴性检测
tested-since = 检测机构报告了此后日期的阴性检测
stayed-in = 您入境前 14 天曾在以下国家停留：{ $countries }
declared-contact = 您申报了与确诊病例的接触
declared-fever = 您申报了发热
declared-highRiskStay = 您申报了在高风险地区停留
declared-symptoms = 您申报了相关症状

reason-clear = 无记录
reason-not_declared = 未申报
reason-symptoms_declared = 申报症状
reason-fever = 发热
reason-close_contact = 密切接触
reason-confirmed = 确诊
reason-suspected = 疑似
reason-asymptomatic = 无症状感染
reason-high_risk_place = 高风险地区
reason-medium_risk_place = 中风险地区
reason-arrived_from_abroad = 境外抵达
reason-check_ins_running = 打卡未完成
reason-test_overdue = 检测逾期
reason-exposure_matched = 涉疫场所
reason-measure_lifted = 措施解除
reason-error_corrected = 错误更正
