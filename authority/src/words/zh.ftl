# 面向运维人员和工作人员的文本，简体中文。各语言的编号相同。

## AuthorityError

config_unreadable = 无法读取配置。
config_key_unknown = 没有此配置项。
config_invalid = 配置项取值无效。
file_unreadable = 无法读取文件。
file_unwritable = 无法写入文件，或文件已存在。
key_file_exposed = 密钥文件可被其他用户读取，请将权限设为 600。
key_invalid = 密钥无效。
authority_trust_bundle_refused = 信任包验证失败、已过期，或未列出本机构的密钥。
trust_content_invalid = 信任包文本不可用。
trust_bundle_un_revokes = 已吊销的密钥会重新生效，不允许。请改为列入新密钥。
trust_bundle_key_outlived = 某密钥的有效期会长于其后继密钥，后继密钥将无法签署其状态列表。请让旧密钥提前到期或新密钥延后到期（--key-not-after），或延长信任包有效期（--valid-days）。
definition_refused = 规则集或表单不可用。
tls_refused = TLS 证书或密钥不可用。
sheet_refused = 纸质码无法打印。
data_in_use = 该数据目录正被另一服务使用。
authority_database_schema_foreign = 数据库由本程序的其他版本创建。
database_missing = 此数据目录原有的数据库已丢失，吊销记录随之丢失：请恢复备份。若无备份，请国家根吊销本签发密钥，再用新密钥在空目录中启动。
issuer_key_of_another_store = 此密钥有效期已过，且曾由另一数据库签发：请使用该数据库启动，或换用新密钥。
authority_database_damaged = 数据库已损坏。
database_refused = 无法打开数据库。
storage_key_wrong = 存储密钥缺失，或与该数据库不符。
backup_key_wrong = 备份是用其他密钥加密的。
backup_damaged = 不是备份文件，或已被改动。
backup_cut_off = 备份文件不完整，或末尾被改动。
backup_signature_refused = 备份未由预期的签发密钥签名。
backup_of_another_region = 备份属于其他地区。
backup_newer = 备份由本程序的更新版本创建。
status_list_refused = 状态列表不可用。
status_list_of_another_region = 状态列表属于其他地区的码。
status_list_older_than_backup = 状态列表早于备份，不含此后的撤销。请提供更新的列表，或使用 --revoke-all。
listen_failed = 无法监听该地址。
citizen_unknown = 没有以此证件登记的居民。
open_appeal_unknown = 没有以此编号待答复的申诉。
evidence_gone = 该证据已不再保存。
officer_key_of_another = 这是另一名工作人员的密钥。
no_entropy = 系统未能提供随机数。
server_refused = 服务器拒绝了请求。
server_unreachable = 无法连接服务器或无法确认其身份。

## StoreError

database_busy = 数据库繁忙。
database_closed = 服务器正在停止。
database_disk_full = 服务器磁盘已满。
database_disk_failed = 服务器磁盘出错。
database_read_only = 数据库不可写。
database_damaged = 数据库已损坏。
database_schema_foreign = 数据库由本程序的其他版本创建。
database_key_wrong = 存储密钥与该数据库不符。
database_seal_broken = 记录被改动或移动。
database_record_unreadable = 记录无法读取。
database_conflict = 同一居民的其他操作先行完成。
database_outcome_unknown = 尚不确定操作是否完成。
database_unit_fenced = 该操作已被另一操作取消。
database_unit_too_large = 单次操作写入过多。
database_row_not_named = 操作使用了未声明的记录。
database_indexes_exhausted = 状态列表已无空位。
database_no_entropy = 系统未能提供随机数。
database_faulted = 数据库遇到程序错误。

## What the command line says

failed = 错误：{ $code }：{ $text }
failed-at = 错误：{ $code }：{ $text } [{ $at }]
nothing-to-do = 一切就绪，无需操作。
made-issuer-key = 已生成签发密钥 { $file }（公钥 { $key }）
made-national-root = 已生成自有的国家根，仅供开发使用：{ $bundle }，以及 { $public } 和 { $secret }
made-officers = 已生成两名工作人员，登记在 { $file }；{ $folder } 中的密钥应分别存放在两人自己的机器上
backup-made = { $file } 已备份 { $citizens } 名居民
backup-without = 未包含：{ $key }，请另行保存副本
backup-whole = { $file } 可以打开且完整
restore-kept = { $file } 已存在，保持不变
restored = { $folder } 已恢复到 { $time } 的状态，其后确认的内容不在其中
restored-with-lists = 按 { $time } 的状态列表，撤销了备份之后被撤销的 { $count } 张凭证；在此之后的撤销未知
restored-without-lists = 已撤销备份所知的全部 { $count } 张凭证；备份之后签发的码在到期前有效，最长 24 小时
restore-put-back = { $file } 是 { $time } 的内容：请与现状核对（此后被撤职的工作人员、较旧的信任包）
restored-orders = 工作人员请重新起草、签名并提交 { $time } 以后的决定
restored-uploads = 每部手机最多重新发送最近 14 天的 20 份上报，按重新到达之日计算
restored-citizens = { $count } 名居民的码在备份之后被撤销，在手机或工作人员重新发送之前原因未知，编号如下：
asking-document = 证件号码（标准输入一行，不会保存）：
serving = 健康码主管部门服务器 { $url }，客户端须信任 { $ca }，已登记 { $officers } 名工作人员
own-ca = 该证书自身的 CA
stopping = 正在停止：不再接受新请求，处理完现有请求。
stopped = 已停止。
trust-bundles-same = 两者内容相同。
trust-bundle-signed = { $regions } 个地区，版本 { $version }，{ $bytes } 字节
region-without-key = 注意：{ $division } 自 { $end } 起没有可用密钥，早于信任包到期
key-outlived = 注意：密钥 { $old } 的有效期长于其后继 { $next }，后者无法签署其状态列表；请调整其一的到期时间（--key-not-after）
needs-signatures = { $file } 还需两名工作人员签名
signing = 以 { $officer } 的身份签名：{ $order }
signing-content = 以 { $officer } 的身份签名：{ $order }，内容 { $bytes } 字节
signatures = { $count ->
        [2] 签名 2/2，可以提交
       *[other] 签名 { $count }/2
    }
signatures-too-many = 有 { $count } 个签名，而恰好需要两个，请重新起草
code-sheet-made = 单据已存入 { $file }：请打印后交给本人，并删除该文件。激活码只显示这一次。
code-sheet-title = 健康码激活码
code-sheet-for = 用于尾号 { $tail } 的证件。有效期至 { $until }，只能使用一次。
code-sheet-steps = 请在健康码应用中登记；在要求证明身份时，填写此激活码或扫描下方方形码。
code-sheet-warning = 请勿将本单据交给他人：持有本单据并知道您证件号码的人可以冒用您的身份登记。
sheet-printed = { $file } 可以打印（A5 或 A4，不缩放）；打印后请删除：持有该文件即持有纸质码
