# 面向使用者的全部文本，简体中文。各语言的编号相同。

## What the citizen agrees to, and what a checkpoint says

registers-again = 主管部门丢失了本机的登记。您的手机正在自动重新登记，并重新发送仍保存着的内容。您无需操作，颜色将重新判定。
consent-text = 我同意所在地区的卫生健康主管部门接收我申报的信息（身份、健康状况、停留地点），依据公开的规则判定健康码颜色，并在规则规定的期限内保存。出示健康码时，查验方只能看到我的脱敏姓名、证件尾号和颜色。我可以对颜色提出异议，也可以撤回本同意。
accepted = 健康码真实有效，准予通行。

## Colours

colour-green = 绿码
    .title = 绿码 暂无限制
    .spoken = 健康码：绿码，暂无限制。
colour-yellow = 黄码
    .title = 黄码 请居家并每日打卡
    .spoken = 健康码：黄码，请居家并每日打卡。
colour-red = 红码
    .title = 红码 请勿外出，拨打电话
    .spoken = 健康码：红码，请勿外出，拨打 12320。
colour-orange = 橙码
    .title = 橙码：居家隔离，每日申报
    .spoken = 国际健康码：橙码。请居家隔离，并每日申报健康状况。
status-unknown = 状态待更新
    .spoken = 健康码：状态待更新，目前颜色未知。
status-no_colour = 尚无颜色
    .spoken = 健康码：尚无颜色。

## What the home screen says first, and what its button does

notice-region_ended = 本地区的健康码已停用：{ $time }。{ $reason }
notice-update_needed = 请更新应用：主管部门已不支持此版本。
notice-expired = 您的码已失效。请联网一次获取新码；此前的颜色不再显示。
notice-device_unknown = 主管部门没有本机的登记。请重新登记，或咨询服务窗口。
notice-upload_refused = 您提交的内容有 { $count } 项未被接受，请查看原因。
notice-appeal_overdue = 您有 { $count } 件申诉逾期未获答复。请致电主管部门并报申诉回执。
notice-appeal_asked = 主管部门就您的 { $count } 件申诉要求补充材料，请查看并提交。
notice-appeal_decided = 您有 { $count } 件申诉已有结果，请查看。
notice-colour_differs = 依据公开的规则，本机得出另一种颜色。请查看原因，并可提出异议。
notice-colour_alarm = 您的颜色变更链不相符。请查看所发现的问题。
notice-clock_never_set = 手机没有时间，请联网一次。
notice-certificate_refused = 当前网络无法信任，未发送任何内容。
notice-captive_portal = 此网络需要先登录，未发送任何内容。
notice-offline = 离线，可继续使用
notice-server_busy = 主管部门的服务器暂无响应，稍后会自动重试。
notice-grace_in_force = 服务器暂停服务。按主管部门的命令，您的码在 { $time } 前仍可使用。
notice-stale = 上次更新：{ $time }
notice-sunset_coming = 本地区的健康码将停用：{ $time }。{ $reason }
notice-clock_wrong = 手机时间不准，不影响您的码
    .without-code = 手机时间不准
notice-uploads_waiting = { $count ->
        [1] 已存本机，联网后只发送一次
       *[other] { $count } 项已存本机，联网后每项只发送一次
    }
notice-uploads_of_newer_app = 新版应用在本机保存了内容。请更新应用后发送。
notice-update_advised = 应用有新版本。

## Where the store does not open

opening-key_unavailable = 请解锁手机后重试。如重启后仍然如此，则密钥已丢失，本机存储的内容无法再读取。主管部门仍保有您的登记：您可以在此删除并重新开始，再由服务窗口将登记转移到本机。
    .title = 手机密钥暂时无法使用
opening-key_lost = 保护本机健康码的密钥已丢失（例如重设过锁屏）。本机存储的内容无法再读取，主管部门仍保有您的登记。您可以在此删除并重新开始，再由服务窗口将登记转移到本机。
    .title = 密钥已丢失
opening-store_damaged = 本机存储的内容已损坏。没有删除任何内容，主管部门仍保有您的登记。您可以在此删除并重新开始；尚未发送的内容将会丢失。
    .title = 存储的数据已损坏
opening-store_newer = 数据由新版应用写入。没有丢失任何内容，请更新应用。
    .title = 请更新应用
opening-no_space = 请清理出一些空间后重试。没有丢失任何内容。
    .title = 手机空间不足
opening-in_use = 数据正在别处打开，请关闭后重试。没有丢失任何内容。
    .title = 已在别处打开
opening-other = 没有删除任何内容。请重试；如仍无法打开，请拨打 12320。
    .title = 健康码无法打开

## The one button

step-register = 登记
step-mend_registration = 修改登记信息
step-connect = 联网更新
step-declare = 健康申报
step-check_in_today = 今日打卡
step-declare_entry = 入境申报
step-show_code = 出示健康码
step-save_data = 保存您的数据
step-update = 更新应用

## Reasons: why, and what to do

reason-clear = 无限制出行的记录和申报。
    .instruction = 可自由通行；健康状况如有变化请重新申报。
reason-not_declared = 您尚未申报健康状况，或申报已过期。
    .instruction = 请填写健康申报表。
reason-symptoms_declared = 您申报了相关症状。
    .instruction = 请居家并每日打卡；如症状加重请拨打 12320。
reason-fever = 申报或检出发热。
    .instruction = 请前往发热门诊就诊，勿乘坐公共交通工具。
reason-close_contact = 您是确诊病例的密切接触者。
    .instruction = 请居家等候社区联系并每日打卡。
reason-confirmed = 您被登记为确诊病例。
    .instruction = 请遵照定点医院安排。
reason-suspected = 您被登记为疑似病例。
    .instruction = 请隔离并等待检测结果。
reason-asymptomatic = 您被登记为无症状感染者。
    .instruction = 请遵照医学观察安排。
reason-high_risk_place = 您曾在高风险地区停留。
    .instruction = 请在规定期限内居家并每日打卡。
reason-medium_risk_place = 您曾在中风险地区停留。
    .instruction = 请在规定期限内每日打卡。
reason-arrived_from_abroad = 您从境外抵达。
    .instruction = 请按规定隔离并每日打卡。
reason-check_ins_running = 您的每日健康打卡尚未完成。
    .instruction = 请坚持每日打卡，漏打将重新计算。
reason-test_overdue = 规定的检测已逾期。
    .instruction = 请到就近采样点检测。
reason-exposure_matched = 您到过已公布的涉疫场所。
    .instruction = 请联系社区并遵照安排。
reason-measure_lifted = 对您的管控措施已解除。
    .instruction = 可自由通行。
reason-error_corrected = 您记录中的错误已更正。
    .instruction = 无需任何操作。
reason-unknown = 本版本应用无法识别该原因。
    .instruction = 请更新应用，或向作出判定的机构咨询。

## 打卡与证件种类

check-ins = 每日打卡已完成 { $done }/{ $required }，还需 { $left } 天。
check-ins-reset = 漏打一天将重新计算。
way-declare = 请填写健康申报。
way-check-ins = 还需连续打卡 { $left } 天。
way-check-in-today = 今天还没有打卡。
way-check-in-tomorrow = 今天已打卡，下次打卡在明天。
way-wait = 无需操作，等待即可。
way-connect = 按公布的规则，现在可以转为绿码。请联网，由主管部门重新判定。
way-office = 只有工作人员才能解除。请致电社区或 12320。
way-object = 如有错误，请提出异议。
way-earliest = 最早 { $date }转绿码。
export-title = 本手机保存的您的信息
export-details-title = 个人信息
export-colour-title = 您的健康码
export-history-title = 健康码变化记录
export-declared-title = 最近一次申报
export-appeals-title = 申诉
export-dependants-title = 由您照管的人
export-paper-title = 纸质码
export-unsent-title = 尚未发送
export-erasures-title = 已删除的内容
export-authority-title = 主管部门保存的您的信息
export-holdings-not-requested = 尚未申请。申请后，将在之后联网时取回。
export-holdings-requested = 已申请，将在之后联网时取回。
export-holdings-coming = 已取回一部分，其余将在之后联网时取回。
export-upload-data-request = 申请主管部门保存的信息
export-file-title = 供其他程序读取的文件
export-nothing = 无。
export-colour = 颜色
export-why = 原因
export-since = 起始时间
export-rule = 规则
export-citizen-id = 您在主管部门的编号
export-waiting = 等待网络发送。
export-refused = 被主管部门退回。
export-upload-registration = 登记
export-upload-declaration = 健康申报
export-upload-itinerary = 行程申报
export-upload-correction = 异议
export-upload-other = 其他内容
export-erased = 已从本手机删除。
export-file = 记录
export-records = 共 { $count } 条记录，均按保存的原样导出。
export-left-out = 未包含
export-left-out-text = 私钥：任何人拿到它都可以出示您的健康码。
export-phone-records = 本机上的每条记录
export-authority-records = 主管部门处的每条记录
export-bytes = 供程序读取的 { $count } 个字符，见导出的文件。
export-cut = 其余内容见导出的文件。
export-page = 第 { $page } 页，共 { $pages } 页
sunset-coming-title = 本地区的健康码将停用
sunset-coming = 停用时间：{ $ends }。本机保存的您的数据将于 { $erased } 删除，主管部门处的数据也一并删除。如需保留，请在此之前保存。
sunset-ended-title = 本地区的健康码已停用
sunset-ended = 停用时间：{ $ends }，此后不再使用健康码。本机保存的您的数据将于 { $erased } 删除，主管部门处的数据也一并删除。如需保留，请在此之前保存。
sunset-erased-title = 数据已全部删除
sunset-erased = 本地区的健康码已停用：{ $ends }。本机保存的您的数据已删除：{ $erased }。已请求主管部门一并删除其数据，收到答复后可查看删除回执。
erasure-waiting = 尚未联系到主管部门。
erasure-confirmed = 主管部门已确认。
erasure-nothing_held = 主管部门没有您的任何内容。
erasure-refused = 主管部门已拒绝。
erasure-other = 请更新应用，查看主管部门的答复。
erasure-step-connect = 请将手机联网一次。
erasure-step-keep = 请保存回执。
erasure-step-call = 请致电 12320。
erasure-step-update = 请更新应用。
document-kind-resident_id = 居民身份证
    .form = 18位：6位行政区划、8位出生日期、3位顺序码和1位校验码（可为X）。港澳台居民居住证号码格式相同，以81、82或83开头。
document-kind-passport = 护照
    .form = 5至9位字母和数字，见资料页右上角及下方机读码。
document-kind-hk_macao_permit = 港澳居民来往内地通行证
    .form = 证件正面，H或M加8位数字；旧版另有2位换证次数。
document-kind-taiwan_permit = 台湾居民来往大陆通行证
    .form = 证件正面8位数字；旧版为10位，可能另有字母。
document-kind-foreign_permanent_resident = 外国人永久居留身份证
    .form = 2023年起为18位，以9开头；此前为15位：3位国家代码加12位数字。
document-kind-birth_certificate = 出生医学证明（儿童）
    .form = 证书上方的编号：1 个字母加 9 位数字。用于您照护的儿童；编号不含出生日期。
document-kind-other = 其他证件
    .form = 4至32位字母和数字，与证件一致。

## Problems that a server names (RFC 9457)

problem-malformed = 请求无法读取。
problem-signature_refused = 请求签名缺失或错误。
problem-nonce_required = 请求需使用新的随机数签名。
problem-device_unknown = 主管部门没有本机的登记。
problem-subject_unknown = 该设备上没有此人。
problem-officers_refused = 须由两名不同的经办人签名。
problem-not_found = 未找到所请求的内容。
problem-method_not_allowed = 此处不支持该请求方法。
problem-already_registered = 该证件已在另一部手机上登记。请核对号码。如果是您本人的证件，而原来的手机或应用已不再使用，请携带证件到主管部门服务窗口，由其将登记转移到本机。
problem-details_fixed = 主管部门已根据您的姓名和证件判定颜色，现在只能由其服务窗口更改，请携带证件办理。电话号码和住址可以在这里更改。
problem-registration_ended = 主管部门服务窗口已将此登记转移到另一部手机。如有误，请携带证件到服务窗口。如需将本机用于其他人，请先抹除本机上的健康码。
problem-identity_proof_required = 在本地登记须证明身份。请填写社区服务点给您的激活码，或登录认证，然后重新提交。
problem-identity_proof_refused = 身份证明未被接受。请查看原因，并提交新的证明。
problem-identity_needs_desk = 您的身份证明没有问题，但与已有登记的身份证明不一致。请携带全部证件到主管部门服务窗口办理。
problem-dependants_remain = 此人名下仍有被照护人，请先处理。
problem-care_not_agreed = 尚未获得同意：需要现有照护人出示的代码，或由办事窗口确认。
problem-care_full = 已达上限：您照护的人数，或此人的照护人数，不能再增加。
problem-too_large = 请求内容过大。
problem-unsupported_media_type = 不支持该内容类型。
problem-invalid = 有内容未被接受。
problem-id_reused = 该编号已用于其他内容。
problem-form_unknown = 该表单或其版本不存在。
problem-rate_limited = 请求过于频繁，请稍候。
problem-quota_used_up = 今日提交已达上限，其余将于明日发送。
problem-internal = 服务器出错。
problem-not_issuing = 主管机构的签发密钥无效，暂停签发健康码；手机上的健康码保持不变。
problem-unavailable = 服务器暂时无法提供服务，请稍候。

## DocumentError

document_number_format = 证件号码的格式与证件类型不符。
document_check_digit = 校验位不符，请检查是否有数字输错。
document_province_unknown = 证件号码中的省级代码不存在。
document_birth_date_invalid = 证件号码中的出生日期无效。
document_nationality_mismatch = 证件类型或号码与所填国籍不符。
document_of_another_kind = 该号码属于或疑似属于另一类证件，请选择相应的证件类型；如无合适类型，请到社区服务点办理。
mrz_layout = 未识别到护照或证件的机读码（两行或三行）。请完整扫描或输入。
mrz_visa = 这是签证页。请使用护照资料页。
mrz_character = 此处的字符不符合机读码格式，请与证件核对。
mrz_number_check = 证件号码与校验位不符，请与证件核对。
mrz_birth_check = 出生日期与校验位不符，请与证件核对。
mrz_expiry_check = 到期日与校验位不符，请与证件核对。
mrz_optional_check = 个人号码与校验位不符，请与证件核对。
mrz_composite_check = 机读码总校验位不符，请逐行与证件核对。
mrz_birth_date = 出生日期有误，请与证件核对。
mrz_expiry_date = 到期日有误，请与证件核对。
mrz_number_missing = 机读码中没有证件号码。
mrz_name_missing = 机读码中没有姓名。

## PhoneError

answer_phone_invalid = 电话号码无效。
phone_area_code_missing = 请在号码前加区号（如 0571）；境外号码请加“+”和国家（地区）代码。
phone_country_unknown = “+”后面的国家（地区）代码不存在。
phone_several = 请只填写一个电话号码。

## PortError

key_unavailable = 手机的密钥库拒绝使用该密钥。
key_envelope_refused = 存储的密钥信封不属于本机或已被改动。
entropy_unavailable = 手机未能提供随机数。
host_failed = 宿主应用出错。

## TransportError

network_unreachable = 无法连接服务器。
network_deadline_passed = 服务器未在规定时间内应答。
cancelled = 已按要求停止。
network_certificate_refused = 无法确认服务器身份，未发送任何数据。
network_certificate_time = 按手机当前时间，服务器的证书无效。请先检查手机的日期和时间。
network_answer_too_large = 应答过大。
network_answer_malformed = 应答无法读取。

## AnswerError

answer_required = 此项必填。
answer_unknown_field = 表单中没有此项。
answer_wrong_type = 填写内容的类型不正确。
answer_too_short = 填写内容过短。
answer_too_long = 填写内容过长。
answer_character_forbidden = 填写内容含有不允许的字符。
answer_character_private = 填写内容含有部分设备无法显示的字。请改用标准字，或填写证件机读区中的写法。
answer_name_without_letter = 姓名应以可见的文字或字母开头。
# 不被接受的字符：编码和位置。
character-place = { $text }（第 { $place } 个字符，{ $character }）
answer_pattern_mismatch = 填写内容的格式不正确。
answer_not_a_number = 请填写数字。
answer_below_minimum = 数值低于允许范围。
answer_above_maximum = 数值高于允许范围。
answer_too_precise = 小数位数过多。
answer_not_a_date = 日期无效。
answer_date_too_early = 日期过早。
answer_date_too_late = 日期过晚。
answer_choice_unknown = 所选项不存在。
answer_choice_exclusive = 此选项不能与其他选项同时选择。
answer_division_unknown = 行政区划代码无效。
answer_document_kind_refused = 不接受此类证件。
answer_needs_desk = 颜色已据此判定，现在只能由主管部门服务窗口更改，请携带证件办理。
answer_condition_failed = 无法判断此项的填写条件。
answers_too_many = 填写项过多。
answers_today_invalid = 当前日期无效。

## ItineraryError

itinerary_leg_count = 行程应有 1 至 50 段。
itinerary_until_before_from = 结束日期早于开始日期。
itinerary_transport_unknown = 请选择火车、飞机、长途汽车、自驾、轮船或其他。
itinerary_number_invalid = 车次或航班号只能由文字、数字、“-”“/”组成，最多 16 个字符。

## FormError

form_too_large = 表单过大。
form_malformed = 无法读取表单。
form_version_invalid = 表单版本无效。
form_id_invalid = 表单中的标识无效。
form_duplicate = 表单中的标识重复。
form_text_invalid = 表单中的文字缺失或过长。
form_count_invalid = 表单的组成项过少或过多。
form_attribute_unfit = 表单项的属性与其类型不符。
form_range_invalid = 表单中的取值范围无效。
form_pattern_invalid = 表单中的匹配规则无效。
form_condition_invalid = 表单中的条件无效。
form_reference_unknown = 表单中的条件引用了不存在或靠后的项。
form_fact_unknown = 表单中含有本版本无法识别的事实项。

## CodeError

code_claims_out_of_range = 有内容超出健康码格式允许的范围。
code_credential_malformed = 存储的凭证无法读取，需要重新获取。
code_audience_invalid = 场所码无效。
code_signer_mismatch = 该凭证属于另一部手机。
code_signer_failed = 手机密钥无法签名。

## Refusal

code_too_long = 内容过长，不是健康码。
not_a_health_code = 这不是健康码。
code_base45_invalid = 健康码已损坏：文本无法解码。
code_not_canonical = 健康码已损坏或系伪造：编码形式不符。
code_claims_invalid = 健康码含有不允许的内容。
code_algorithm_not_allowed = 健康码的签名算法不被允许。
trust_bundle_expired = 本查验点的发码机构名单已过期，请更新。
trust_bundle_from_future = 本查验点的发码机构名单签发于未来：本机时钟偏慢，请校准。
issuer_unknown = 发码机构未知。
issuer_key_not_valid = 发码机构的密钥对该健康码无效。
region_ended = 该地区健康码已停用。
credential_signature_wrong = 健康码系伪造或已损坏：发码机构签名错误。
presentation_signature_wrong = 该健康码并非由所签发的手机生成。
credential_not_yet_valid = 健康码尚未生效。
credential_expired = 健康码已过期，手机需要联网更新。
presentation_too_old = 二维码已失效，请出示实时健康码。
presentation_from_future = 手机或查验点的时钟有误。
presentation_outside_credential = 二维码生成时间不在健康码有效期内。
wrong_audience = 该健康码是为其他场所生成的。
credential_revoked = 健康码已被吊销。
paper_expired = 纸质码已过期。
paper_revoked = 该纸质码已失效：已换发新码，或颜色已变化。
paper_needs_status_list = 纸质码须对照最新的吊销名单，本机没有可用的名单。
presentation_replayed = 该二维码已在此使用过，请等待刷新。
colour_not_admitted = 健康码真实有效，但其颜色不允许通行。
paper_shown_elsewhere = 同一张纸质码刚刚在另一处出示过，其中一张是复印件。
paper_shown_again = 同一张纸质码刚刚在此出示过，可能是复印件。
compare_with_document = 纸质码有效，请与证件核对姓名和证件尾号。

## PapersSeenError

papers_seen_too_large = 已见纸质码清单过大。
papers_seen_unreadable = 已见纸质码清单无法读取。

## RuleError

rule_not_an_operation = 规则中含有不符合运算格式的内容。
rule_unknown_operator = 规则使用了未知的运算符。
rule_operand_count = 运算的操作数数量不正确。
rule_operand_not_literal = 规则中的数量、单位或序号不是字面值。
rule_literal_not_allowed = 规则中含有不允许直接书写的值。
rule_path_invalid = 规则引用数据的路径无效。
rule_too_deep = 规则嵌套过深。
rule_too_many_nodes = 规则过大。
rule_text_too_long = 规则中的文本过长。
rule_neither_truthy_nor_falsy = 条件的结果既非真也非假。
rule_not_an_integer = 规则需要整数，但得到其他类型的值。
rule_not_a_date_time = 规则需要日期，但得到其他类型的值。
rule_not_an_array = 规则需要列表，但得到其他类型的值。
rule_not_text = 规则需要文本，但得到其他类型的值。
rule_date_invalid = 日期无法识别。
rule_date_out_of_range = 日期超出范围。
rule_integer_out_of_range = 数值超出范围。
rule_budget_spent = 规则计算步数过多。
rule_value_too_deep = 规则产生的值嵌套过深。
rule_set_too_large = 规则集过大。
rule_set_malformed = 规则集无法读取。
rule_set_field_invalid = 规则集的字段无效。
rule_id_repeated = 两条规则的编号相同。
rule_catch_all_missing = 规则集末尾缺少兜底规则。
rule_unknown_colour = 规则使用了未知的颜色。
rule_unknown_reason = 规则使用了未知的原因代码。
rule_set_not_in_force = 规则集在当日未生效。
rule_facts_inconsistent = 事实数据自相矛盾。
rule_fact_unknown = 判定依据中含有本版本无法识别的内容。

## SessionFault

consent_missing = 请先阅读并同意知情同意书。
already_registered_here = 本机已用这些信息登记。
not_registered = 请先登记。
region_has_ended = 本地区的健康码已停用，不再受理登记。
no_code_yet = 尚无健康码，请完成健康申报并联网一次。
form_refused = 部分填写内容需要修改。
clock_wrong = 手机的日期和时间不正确，请在手机设置中校准后重试。
record_unreadable = 本机存储的记录无法读取。
sync_dependants_remain = 本机机主名下仍有被照护人，请先处理。

## SyncRefusal

sync_answer_malformed = 主管机构的应答无法读取。
sync_index_malformed = 公开数据目录无法读取。
sync_index_entry_malformed = 公开数据目录中有一项无法读取，其余内容照常使用。
sync_bundle_altered = 公开数据与目录不符。
sync_bundle_rolled_back = 主管机构提供的数据版本低于本机已有版本。
sync_bundle_too_large = 公开数据过大。
sync_bundle_not_as_listed = 公开数据的名称或版本与目录不符。
sync_bundle_missing = 公开数据缺失。
sync_part_missing = 发码机构为您保存的某项内容未能取得。
sync_batch_contradicts_itself = 发码机构发来的多个码互不相符。
sync_batch_too_large = 发码机构一次发来的码过多。
sync_part_too_large = 发码机构为您保存的某项内容过大。
sync_part_unreadable = 手机上保存的某项内容属于更新版本的应用。
sync_no_trust_bundle = 尚未取得发码机构名单。
sync_credential_of_other_device = 该健康码属于另一部手机。
sync_receipt_of_other_citizen = 该说明属于他人。
sync_state_contradicts_itself = 健康码与说明不一致。
sync_too_long = 与主管机构的数据交换无法结束。

## SyncError

sync_base_url_invalid = 主管机构的网址不是 https 地址。
sync_outbox_full = 待发送的表单过多，请先连接网络。
sync_upload_size_refused = 待发送的内容为空或过大。
sync_subject_unknown = 本机上没有此人。
sync_upload_unknown = 没有这条待发送记录。
sync_erasure_unknown = 本机上没有此项注销。
sync_erasure_waiting = 主管机构尚未确认此项注销。
sync_erasures_full = 等待确认的注销过多。
sync_upload_damaged = 一条待发送的表单无法读取。
sync_store_failed = 手机存储出错。
sync_port_failed = 宿主应用出错。

## HttpError

http_roots_invalid = 无法读取证书颁发机构列表。
http_runtime_failed = 网络层无法启动。
http_not_built_in = 本应用未内置网络功能，也未提供网络接口。

## StoreError

store_key_unavailable = 手机密钥库未能提供存储密钥，请解锁手机后重试。
store_key_refused = 存储的数据由另一把密钥加密，本机当前的密钥无法打开。
store_entropy_unavailable = 手机未能提供随机数，未存储任何数据。
store_envelope_missing = 存储数据的密钥信封文件丢失。
store_envelope_damaged = 存储数据的密钥信封文件已损坏。
store_anchor_damaged = 记录存储进度的文件丢失或已损坏。
store_record_altered = 一条存储记录已损坏或被改动。
store_records_lost = 部分存储记录丢失。
store_rolled_back = 存储的数据早于最后一次保存的数据。
store_damaged = 存储数据的文件已损坏。
store_already_open = 存储的数据已在别处打开。
store_disk_full = 手机存储空间已满，请清理空间后重新打开应用。
store_io_failed = 手机存储读写失败。
store_writes_stopped = 此前的写入失败，请重新打开应用后再保存。
store_newer_schema = 存储的数据由更新版本的应用写入，请升级应用。
store_no_migration = 存储的数据版本过旧，本应用无法升级。
store_key_too_long = 记录名称为空或过长。
store_record_unreadable = 一条存储记录的格式不是本版本应用所能识别的。
store_value_too_large = 记录过大，无法存储。

## SignatureRefusal

request_signature_header_too_long = 签名头过长。
request_signature_digest_mismatch = 请求内容与其摘要不符。
request_signature_malformed = 无法读取请求签名。
request_signature_components = 签名覆盖的内容不符合要求。
request_signature_parameters = 签名参数缺失或未知。
request_signature_algorithm = 不接受该签名算法。
request_signature_key_mismatch = 请求指明的是另一把密钥。
request_signature_wrong = 请求签名错误。
erasure_receipt_malformed = 这不是注销回执。
erasure_device_signature_wrong = 回执所述内容并非由本机签名。
erasure_not_asked = 回执所述注销并未被请求。

## DeviceKeyError

device_key_invalid = 设备公钥格式无效。

## BundleError

bundle_too_large = 数据过大。
bundle_not_canonical = 数据已损坏或系伪造。
bundle_wrong_kind = 数据类型不符。
bundle_algorithm_not_allowed = 数据的签名算法不被允许。
bundle_signer_unknown = 数据签名机构未知。
bundle_signer_key_not_valid = 数据签名密钥无效。
bundle_signature_wrong = 数据系伪造或已损坏：签名错误。
bundle_content_invalid = 数据含有不允许的内容。
bundle_from_future = 数据的签发时间晚于当前时间：本设备或主管机构的时钟有误。
bundle_expired = 数据已过期。
bundle_rolled_back = 数据版本低于本机已有版本。
bundle_delta_gap = 此撤销列表须接续本机没有的列表：请获取完整列表。

## PictureError

picture_text_not_alphanumeric = 文本为空，或含有二维码字母数字模式以外的字符。
picture_text_too_long = 文本过长，无法显示为二维码。
picture_scale_not_allowed = 二维码模块的像素大小超出允许范围。
picture_not_encoded = 无法生成图像。

## PdfError

pdf_font_unreadable = 字体无法读取。
pdf_font_lacks_character = 字体缺少文中的某个字。
pdf_not_made = 页面无法生成：该字体不允许嵌入。

## BindingError

argument_invalid = 应用传入了无法使用的参数。
closed = 应用已关闭健康码。
internal_error = 内核出错，已保存的数据不受影响。

## Appeals

appeal-queued = 已保存在本机，联网后发送一次。
    .title = 已保存在本机
appeal-sending = 主管部门已收到证据 { $all } 段中的 { $sent } 段，其余将自动续传，不会重复发送。
    .title = 正在发送
appeal-refused = 未被接受：{ $reason }
    .title = 未被接受
appeal-received = 主管部门已收到您的申诉，并签署了答复期限：{ $left }。
    .title = 已收到
appeal-asked = 在 { $answer } 之前，答复期限暂停，等候您补充；之后将依现有材料答复。
    .title = 请补充材料
appeal-answering = 您的补充已保存在本机，联网后发送一次。
    .title = 补充待发送
appeal-overdue = 主管部门已签字承诺于 { $deadline } 前答复，但尚未答复。您的回执可以为证。
    .title = 已逾期
appeal-withdrawing = 您的撤回申请已保存在本机，联网后发送一次。
    .title = 正在撤回
appeal-withdrawn = 您已撤回该申诉，颜色保持不变。
    .title = 已撤回
appeal-upheld = 两名工作人员认定您的申诉成立。有误之处已更正，颜色按规则由其余事实得出。
    .title = 申诉成立
appeal-partly = 两名工作人员认定您的申诉部分成立。该部分已更正，颜色按规则由其余事实得出。
    .title = 申诉部分成立
appeal-rejected = 两名工作人员已核查，未发现需要更正之处。
    .title = 未予更正
appeal-decided = 两名工作人员已作出决定。请更新应用查看。
    .title = 已有结果
appeal-step-connect = 请联网一次。
appeal-step-wait = 您无需操作。
appeal-step-answer = 请提交所要求的材料。
appeal-step-call = 请致电 12320，并报申诉回执。
appeal-step-again = 您可以再次申诉。
appeal-step-see_colour = 请查看颜色及原因。
appeal-reason-record_wrong = 影响您颜色的一项记录有误。
appeal-reason-record_of_another_person = 他人的记录被误计入您的名下。
appeal-reason-record_missing = 缺少一项应计入您颜色的记录。
appeal-ask-clearer_picture = 有照片看不清，请重新提交清晰的照片。
appeal-ask-explain_more = 请更详细地说明情况。
appeal-ask-identity_document = 请提交能证明身份的证件照片。
appeal-ask-proof_of_stay = 请提交能说明当天所在地点的材料。
appeal-ask-test_report = 请提交检测报告。
appeal-ask-vaccination_record = 请提交接种记录。
appeal-ask-other = 工作人员需要您补充材料，请致电 12320 了解。
appeal-event-received = 申诉已收到
appeal-event-asked = 要求补充材料
appeal-event-answered = 您的补充已收到
appeal-event-withdrawn = 已撤回
appeal-event-decided = 已答复
appeal-reason-answer_mistaken = 您的一项填报有误。
appeal-reason-evidence_convinces = 您提交的材料表明情况并非如此。
appeal-reason-rules_applied_rightly = 记录无误，规则适用正确。
appeal-reason-evidence_not_enough = 您提交的材料不足以表明记录有误。
appeal-reason-evidence_not_readable = 您提交的材料无法辨认。
appeal-reason-about_something_else = 申诉内容与决定您颜色的事项无关。
appeal-reason-other = 其他原因，请看工作人员的说明。
appeal-limits = 最多 { $count } 份照片或 PDF，每份不超过 { $size } MB。
appeals-count = { $count ->
        [0] 您没有申诉。
       *[other] 共 { $count } 件申诉。
    }
appeals-asked = { $count } 件申诉需要补充材料。
appeals-new = { $count } 件申诉已有结果。
appeals-overdue = { $count } 件申诉已逾期。
evidence-picture = 照片，{ $size } KB
evidence-pdf = PDF 文件，{ $size } KB

## EvidenceError

evidence_too_large = 文件超过 2 MB，请缩小后重新添加。
evidence_too_many = 不能再添加：最多五份，待发送的也计算在内。
evidence_empty = 文件是空的。
evidence_heic = HEIC 格式的照片并非处处可读，请存为 JPEG 后重新添加。
evidence_other_type = 既不是照片（JPEG、PNG），也不是 PDF。
evidence_twice = 已经添加过。
evidence_inconsistent = 收到的内容与申报不符，请重新申诉。
evidence_lost = 证据已不在本机，请重新添加后申诉。

## AppealError

appeal_unknown = 没有这件申诉。
appeal_closed = 该申诉已有结果或已撤回。
appeal_open = 该申诉尚未答复，请先撤回。
appeal_not_asked = 该申诉目前无需补充，或您的补充正在发送。
appeal_too_many_open = 您待答复的申诉过多，请等候答复或撤回其一。
appeal_not_ours = 主管部门告知的申诉与本人不符。

## BulletinsError

bulletins_malformed = 公告内容无法读取。
bulletins_id_invalid = 公告编号无效或重复。
bulletins_text_invalid = 公告文本为空、过长或缺少某种语言。
bulletins_value_invalid = 公告含有不允许的内容。

## ClinicsError

clinics_malformed = 发热门诊名单无法读取。
clinics_id_invalid = 发热门诊名单中的编号无效或重复。
clinics_text_invalid = 门诊名称或地址为空、过长或缺少某种语言。
clinics_value_invalid = 发热门诊名单含有不允许的内容。
clinics_hours_invalid = 门诊时间或特殊日期无法读取，或缺少节假日时间。

# 身份证明

activation_code_too_short = 激活码共 16 位，尚未填完。
activation_code_too_long = 激活码共 16 位，您填写的位数过多。
activation_code_character_not_used = 含有激活码中不会出现的字符。激活码只含数字 3、4、6、7、9 和除 B、I、L、O、Q、S、V、Z 以外的字母。
activation_code_mistyped = 激活码有一位填错，或有两位颠倒。请与单据核对。
identity_policy_malformed = 身份证明政策无法读取。
identity_policy_ways_invalid = 身份证明政策没有方式、方式过多或重复。
identity_policy_value_invalid = 身份证明政策含有不允许的内容。
identity_policy_keys_invalid = 身份证明政策的密钥集中没有可用的密钥，或含有不允许的密钥。
identity_proof_not_known_yet = 本机尚不知道主管部门接受哪些身份证明。请先联网一次，再重试。
identity_proof_kind_not_taken = 主管部门不接受此类身份证明。
identity_proof_unreadable = 身份证明无法读取。请重新登录。
identity_proof_code_unknown = 没有与该姓名和证件相符的激活码。请将激活码、姓名和证件号码与单据核对。
identity_proof_code_expired = 激活码已过期。请到社区服务点领取新的激活码。
identity_proof_code_used = 激活码已使用。请到社区服务点领取新的激活码。
identity_proof_code_struck_off = 激活码已被服务点作废。请到服务点领取新的激活码。
identity_proof_issuer_refused = 主管部门不接受该登录机构，或此证明并非由其签发。
identity_proof_wrong_audience = 此登录不是为健康码进行的。请从这里重新登录。
identity_proof_other_device = 此登录是在另一部手机上进行的。请在本机登录。
identity_proof_expired = 登录已过期。请重新登录。
identity_proof_not_yet_valid = 登录尚未生效。请几分钟后重试。
identity_proof_other_person = 身份证明与您填写的姓名和证件不是同一人。请核对。
moved_by_proof = 您已在另一部手机上证明身份，健康码现在那部手机上。如非本人操作，请携带证件到主管部门服务窗口。
taken_over_by_proof = 有人证明该证件属于其本人，而本机的登记未经证明，因此已终止。如证件是您本人的，请携带证件到主管部门服务窗口。
login_provider_unusable = 无法从这里使用该登录服务。请用其他方式证明身份，或到服务窗口询问。
login_other = 收到的回应不属于这次登录。没有发送任何内容，请从这里重新登录。
login_declined = 您没有登录，或没有同意。没有发送任何内容。
login_refused = 登录服务未让您登录。请稍后重试，或用其他方式证明身份。
login_no_token = 登录服务没有给出证明。请稍后重试，或用其他方式证明身份。
proof-step-prove = 证明身份
proof-code-missing = 还缺 { $count } 位
proof-introduction-not_known = 本机尚不知道主管部门接受哪些身份证明。请联网一次。
proof-introduction-required = 登记须证明身份，以免他人用您的证件登记。
proof-introduction-no_code = 不证明身份也可以登记；证明身份后才会有健康码。
proof-introduction-compare = 未证明身份时，查验点会将您的健康码与证件核对。证明身份后，您还可以自行换用新手机。
proof-introduction-optional = 在本地不必证明身份。证明身份后，他人无法占用您的证件，您也可以自行换用新手机。
proof-not_registered = 尚未登记
    .text = 您可以在登记时一并证明身份，也可以以后再证明。
    .spoken = 身份证明：您尚未登记。
proof-unproven = 身份未证明
    .text = 请证明身份，以免他人占用您的证件，您也可以自行换用新手机。
    .spoken = 身份证明：尚未证明。
proof-waiting = 身份证明待发送
    .text = 身份证明已保存在本机，联网后发送一次。
    .spoken = 身份证明：等待联网。
proof-refused = 身份证明未被接受
    .text = 主管部门未接受该身份证明。请重试，或咨询社区服务点。
    .spoken = 身份证明：未被接受。请查看原因。
proof-moved = 已迁移到另一部手机
    .text = 您已在另一部手机上证明身份，健康码现由该手机使用。
    .spoken = 此手机已停用：您已迁移到另一部手机。
proof-taken_over = 登记已终止
    .text = 他人已证明该证件为其本人所有。
    .spoken = 此手机上的登记已终止，请查看原因。
proof-needs_desk = 请到服务窗口
    .text = 您的身份证明与已有登记的身份证明不一致。请携带全部证件到主管部门服务窗口。
    .spoken = 身份证明：请携带证件到主管部门服务窗口。
proof-proven = 身份已证明
    .text = 在新手机上提交同样的身份证明，健康码即转到新手机，本机随即停用。
    .spoken = 身份证明：已证明。
proof-way-activation_code = 社区服务点激活码
    .text = 请携带证件到社区服务点领取 16 位激活码，填写激活码或扫描其方形码。激活码只能使用一次。
proof-way-oidc = 登录认证
    .text = 请用实名账户登录。登录只会将您的姓名和证件告知主管部门。
proof-way-host_assertion = 由本应用证明
    .text = 您所在的应用知道您的实名。经您同意后，由其告知主管部门。

## 入境人员：护照、入境申报、异地认码

document-residence-81 = 港澳台居民居住证（香港）
document-residence-82 = 港澳台居民居住证（澳门）
document-residence-83 = 港澳台居民居住证（台湾）
name-same = 姓名一致。
name-same_as_far_as_shown = 在证件可显示的长度内，姓名一致。
name-differs = 姓名不一致，请与证件核对。
name-cannot_tell = 无法自动比对，请人工核对两个姓名。
mrz-sound = 证件已识别
    .spoken = 证件已识别，校验位相符。
    .step = 请与证件核对后继续。
mrz-expired = 证件已过期
    .spoken = 证件已识别，但已过期。
    .step = 请使用未过期的证件，或到服务点咨询。
mrz-check = 有内容不符
    .spoken = 已识别机读码，但有内容不符。
    .step = 请将标出的位置与证件核对，或重新识别。
mrz-unread = 未识别到证件
    .spoken = 未识别到证件。
    .step = 请将镜头对准底部两行或三行机读码，或手动输入。
mrz-place = 第{ $line }行第{ $column }个字符
mrz-corrected = 第{ $line }行第{ $column }个字符：{ $read }识别为{ $taken }。
entry-not_a_visitor = 无需入境申报
    .spoken = 您无需进行入境申报。
    .step = 无需操作。
entry-to_declare = 请进行入境申报
    .spoken = 您尚未进行入境申报。
    .step = 填写入境申报表。
entry-waiting = 入境申报已保存，待发送
    .spoken = 入境申报已保存在本机，联网后发送一次。
    .step = 请联网一次。
entry-refused = 入境申报未被接受
    .spoken = 您的入境申报未被接受。
    .step = 查看原因后重新填写。
entry-running = 已申报入境
    .spoken = 已申报入境，请继续每日申报健康状况。
    .step = 今日健康打卡。
entry-done = 申报已完成
    .spoken = 您的申报已完成，健康码为绿码。
    .step = 无需操作。
elsewhere-step-admitted = 可以通行。
elsewhere-step-not_admitted = 此颜色不予通行，出行前请咨询当地。
elsewhere-same = 在{ $region }同样为{ $there }
elsewhere-mapped = 本地{ $own }，在{ $region }按{ $there }管理（规则{ $rule }）
elsewhere-spoken = 您的健康码在{ $region }按{ $there }管理。{ $step }
door-same = 此码：{ $own }
door-mapped = { $own }：此处按{ $here }管理（规则{ $rule }）
door-spoken = 健康码：{ $own }；此处按{ $here }管理。{ $step }

## EU certificates

dcc_text_too_long = 文字过长，不是证书。
dcc_not_a_certificate = 此码不是欧盟证书。
dcc_text_damaged = 证书文字有损坏，请重新扫描。
dcc_compression_damaged = 证书无法解压，请重新扫描。
dcc_too_large = 内容超出证书允许的大小。
dcc_compression_trailing = 证书之后附加了其他内容。
dcc_cbor_damaged = 证书内容有损坏。
dcc_cbor_trailing = 证书内容之后附加了其他数据。
dcc_length_indefinite = 证书的书写形式在此无法读取：长度未定。
dcc_key_repeated = 证书中同一项出现了两次。
dcc_too_deep = 证书的结构层次过多。
dcc_value_unknown = 证书中有证书不会有的值。
dcc_tag_wrong = 证书被标为其他内容。
dcc_not_signed = 证书不是按签名格式组成的。
dcc_header_critical = 证书要求的内容在此不被识别。
dcc_algorithm_missing = 证书未说明如何签名。
dcc_algorithm_not_allowed = 证书的签名方式不被接受。
dcc_kid_missing = 证书未说明由哪个密钥签名。
dcc_content_missing = 只有签名，没有内容。
dcc_signature_encoded = 签名的书写形式与证书不符。
dcc_signature_length = 签名长度不对。
dcc_claims_malformed = 证书内容不符合证书的形式。
dcc_issuer_invalid = 证书未注明签发国家。
dcc_time_invalid = 证书未注明起止时间。
dcc_times_contradict = 证书的截止时间早于签发时间。
dcc_certificate_missing = 其中没有健康证书。
dcc_version_unknown = 此版本不识别该证书的形式。
dcc_kind_missing = 证书不是关于接种、检测或康复的。
dcc_several_entries = 一张证书中有多项内容。
dcc_field_missing = 证书缺少内容。
dcc_field_invalid = 证书中有一项的形式不对。
dcc_name_invalid = 证书中的姓名书写不符合规定。
dcc_birth_date_invalid = 证书中的出生日期不对。
dcc_date_invalid = 证书中的日期不对。
dcc_disease_other = 证书是关于其他疾病的。
dcc_no_trust_list = 此手机上还没有签发机构名单，请联网一次。
dcc_key_unknown = 注明的签名密钥不在名单上。
dcc_key_withdrawn = 签署它的密钥已从名单中撤下。
dcc_key_of_another_country = 密钥属于证书所注国家以外的国家。
dcc_key_of_another_algorithm = 密钥用于另一种签名方式。
dcc_signature_wrong = 签名不符：证书被改动过，或由其他密钥签署。
dcc_key_not_valid = 密钥签名时尚未启用，或现已停用。
dcc_key_not_for_kind = 该密钥不得签署此类证书。
dcc_issued_in_future = 证书的签发时间尚未到来。手机时间准确吗？
dcc_expired = 证书已过期。
dcc_no_rules = 此地尚无认可证书的规则。
dcc_not_accepted = 按本地规则不予认可。
dcc_rule_failed = 有一条规则无法适用，因此不予认可。更新应用可能有帮助。
dcc_presented_by_another = 此前已有他人提交过这张证书，请携带证书和证件到服务窗口。
dcc_names_not_confirmed = 姓名不一致。请对照两边，并确认证书是您本人的。
dcc_too_many = 证书数量已满，请先移除一张。
dcc_unknown = 没有这张证书。
dcc_nothing_to_decide = 这张证书的姓名不需要裁定。
dcc_part_unreadable = 无法读取主管部门关于您证书的说明，保留此前所知。
dcc_list_malformed = 有关证书的名单无法读取。
dcc_list_value_invalid = 名单的编号、版本或条目数不对。
dcc_list_key_invalid = 名单中有密钥无法使用。
dcc_list_rule_invalid = 名单中有规则无法使用。
dcc_list_text_invalid = 名单中有文字为空、过长，或缺少英文或中文。

dcc-none = 此处没有保存欧盟证书。
dcc-some = 保存在此手机上的欧盟证书。
dcc-some-unchecked = 保存在此手机上的欧盟证书。有签发机构名单后才能核验，请联网一次。
dcc-kind-vaccination = 欧盟接种证书
dcc-kind-test = 欧盟检测证书
dcc-kind-recovery = 欧盟康复证书
dcc-status-counts = 签名相符，本地认可。
dcc-status-not_accepted = 签名相符，本地不认可。
dcc-status-no_rules = 签名相符，本地是否认可尚不清楚。
dcc-status-unchecked = 尚未核验。
dcc-status-key_unknown = 签发机构在此不被识别。
dcc-status-key_withdrawn = 签发机构的密钥已被撤回，不再认可。
dcc-status-expired = 已过期。
dcc-status-refused = 不成立。
dcc-status-unreadable = 未能读取。
dcc-sent-waiting = 已保存，手机联网后提交。
dcc-sent-refused = 主管部门未予接收。
dcc-sent-received = 主管部门已收到。
dcc-sent-at_desk = 主管部门已收到。姓名不一致，先由工作人员核对。
dcc-sent-agreed = 主管部门已收到，工作人员认定是您本人的。
dcc-sent-not_ours = 工作人员认定不是您本人的，不予认可。
dcc-step-keep = 保存到此手机。
dcc-step-submit = 提交后可计入您的健康码。
dcc-step-compare = 请对照两边姓名。如确为您本人，请确认并提交，之后由工作人员核对。
dcc-step-connect = 请将手机联网一次。
dcc-step-wait = 请等待，结果会在此显示。
dcc-step-desk = 如认为有误，请携带证件和证书到服务窗口。
dcc-step-ask_issuer = 请向签发机构申请新的证书。
dcc-step-register = 请先登记，之后才能提交。
dcc-step-none = 无需操作。
dcc-part-surname = 姓
dcc-part-given_names = 名
dcc-part-birth_date = 出生日期
dcc-names-same = 一致
    .all = 姓名一致。
dcc-names-differ = 不一致
    .all = 姓名或出生日期与登记信息不一致。
dcc-names-open = 无法对照
    .all = 机器无法对照姓名，需要人工对照。
dcc-line-product = 疫苗
dcc-line-vaccine = 疫苗类型
dcc-line-maker = 生产企业
dcc-line-dose = 剂次
dcc-line-day = 接种日期
dcc-line-test = 检测类型
dcc-line-test-name = 检测名称
dcc-line-test-maker = 检测产品
dcc-line-sampled = 采样时间
dcc-line-result = 结果
dcc-line-centre = 检测机构
dcc-line-first-positive = 首次阳性日期
dcc-line-from = 起始日期
dcc-line-until = 截止日期
dcc-line-country = 国家
dcc-line-issuer = 签发机构
dcc-line-identifier = 证书编号
dcc-line-expires = 签名截止
dcc-test-naat = 核酸检测
dcc-test-antigen = 抗原快速检测
dcc-result-detected = 检出
dcc-result-not_detected = 未检出
dcc-dose = 第 { $dose } 剂，共 { $of } 剂

## PaperError

paper_days_out_of_range = 本地不签发这么多天的纸质码。
paper_not_green = 健康码为绿色时方可领取纸质码，目前不是绿色。
paper_too_many_today = 今天领取的纸质码已达上限，请明天再申请。
paper_key_too_short = 目前无法签发这么长时间的纸质码，请减少天数。
paper_sheets_unreadable = 签发机构关于纸质码的答复无法读取，此前的内容保持不变。

## 纸质码

paper-sheet-good = 可持本纸质码和证件在门岗出示。
paper-sheet-replaced = 已换发新的纸质码，这一张不再使用。
paper-sheet-revoked = 这张纸质码已注销。
paper-sheet-ended = 健康码已变化或已换手机，这张纸质码随之终止，可重新申请。
paper-sheet-over = 这张纸质码已过截止日。
paper-sheet-other = 这张纸质码不能使用。
paper-advice-document = 门岗会与证件核对姓名和尾号，请一并携带。
paper-advice-newer = 换发新的纸质码，或健康码发生变化，这一张立即终止。
paper-advice-lost = 如有遗失，请在此注销，或到领取处注销。复印件与原件一样能被扫描。
paper-waiting-request = 已存本机，联网后即制作纸质码。
paper-waiting-end = 已存本机，联网后即注销纸质码。
paper-status-none = 目前没有可用的纸质码。
paper-status-asked = 已申请纸质码。
paper-status-counts = 纸质码可用至{ $day }。
paper-status-ending = 正在注销纸质码。
paper-step-ask = 可在此申请，或到服务窗口办理。
paper-step-connect = 请将手机联网一次。
paper-step-carry = 请与证件一并携带。
dependants-none = 本机没有被照护的人。儿童或老人可在此拥有自己的健康码。
dependants-some = 在本机上被照护的人，每人有自己的健康码。
dependants-waiting = 有人正等待主管机构的答复，请连接网络。
care-state-waiting = 已申请，主管机构尚未答复。
care-state-refused = 尚未获得同意。
care-state-in_care = 在本机上照护。
care-state-ended = 不再由本机照护。
care-key-hardware = 此人健康码的密钥在本手机的硬件中。
care-key-store = 此人健康码的密钥加密保存在本应用中。
care-next-waiting = 请连接网络。
care-next-refused = 请输入对方出示的代码，或到办事窗口办理。
care-next-ended = 请从本机移除，或凭对方出示的代码重新申请。
care-code-waiting = 请连接网络：告知主管机构后代码方可使用。
care-code-for_carer = 请另一位照护人扫描或输入此代码，仅可使用一次。
care-code-for_phone = 请在其本人的手机上登记时扫描或输入此代码，仅可使用一次。
care-code-over = 此代码已失效，请重新出示。
code-shown-before = 这张码以前出示过：各处若把扫到的码汇总，就能看出两次是同一部手机。
group-title = { $name }，第 { $position } 个，共 { $count } 个
care_code_mistyped = 与所出示的代码不符：请逐个核对字母和数字。
care_birth_date_invalid = 缺少出生日期，或与证件不一致。
care_too_many_on_phone = 一部手机上不能照护更多的人。
care-ends = 即将或已经成年：本机的照护将于 { $date } 结束。请在此之前为其本人的手机出示代码。
carer-this_phone = 您，自 { $date } 起
carer-other_phone = 另一位照护人，自 { $date } 起
carer-this_phone-moved = 您，自 { $date } 起；自 { $moved } 起使用本手机
carer-other_phone-moved = 另一位照护人，自 { $date } 起；自 { $moved } 起换了手机

# The chain of changes

chain-whole = 主管部门告知的每次颜色变更都在此，且均核验无误。
chain-alarms_read = 主管部门告知的每次颜色变更都在此。不相符之处您已阅读，见下文；标明核验无误的变更均属实。
chain-alarmed = 您的颜色变更中有不相符之处。
chain-incomplete = 颜色变更尚未全部收到，请再联网一次。
chain-not_by_authority = 该主管部门没有变更链。
change-verified = 已核验
change-alarmed = 不成立
change-not_now = 尚未核验：请联网一次
change-not_by_this_version = 此版本应用无法读取
change-lost = 已被主管部门丢失
chain-by-officers = 由两名工作人员的命令变更：{ $first }、{ $second }
chain-by-rule = 依据已公布的规则 { $rule }
chain-next = 请致电卫生部门，并说明本页所示内容。
chain-next-restored = 如缺少与您有关的变更，请致电卫生部门。
chain-alarm-silent_change = 您的颜色或原因已变更，但变更链中没有记录。
chain-alarm-gap = 变更链中缺少记录。
chain-alarm-fork = 主管部门出示的变更链与本手机所见的不同。
chain-alarm-shortened = 主管部门出示的变更少于本手机所见的。
chain-alarm-withdrawn = 主管部门不再出示变更链。
chain-alarm-second_signature_missing = 关于您颜色的命令没有两名工作人员的签名。如您曾被删除后重新登记，先前的命令会不带签名随之而来。
chain-alarm-same_officer = 关于您颜色的命令由同一名工作人员签了两次。
chain-alarm-signature_wrong = 关于您颜色的命令上有一个签名不成立。
chain-alarm-officer_unknown = 签署关于您颜色的命令的工作人员不在公布的名单上。
chain-alarm-officer_not_valid = 签署关于您颜色的命令时，工作人员的密钥无效。
chain-alarm-reason_not_for_colour = 关于您颜色的命令所给原因与颜色不符。
chain-alarm-reason_unknown = 关于您颜色的命令所给原因，此版本应用不认识。如应用已是最新，则并无此原因。
chain-alarm-order_of_other = 您的变更链中有属于他人的命令或记录。
chain-alarm-order_unreadable = 关于您颜色的命令无法读取。
chain-alarm-restored = 主管部门已恢复到较早状态，丢失了本手机保存的变更。
chain-alarm-other = 较新版本的应用发现了关于您颜色变更的问题。

# 检测结果与接种

results-none = 这里没有检测结果或接种记录。
results-none_count = 目前没有计入的结果，以往的结果保存在下方。
results-clock-never_set = 本机时间明显有误，因此不显示倒计时。请联网一次。
results-clock-own = 倒计时按本机时间计算，可能不准。请联网一次。
result-over = 计入时间已过。
result-withdrawn = 检测机构已撤回
result-negative = 阴性
result-positive = 阳性
result-pending = 尚无结果
result-inconclusive = 样本无法得出结果
result-vaccinated = 已接种
result-other = 本版本无法说明的结果
result-kind-nucleic_acid = 核酸检测
result-kind-antigen = 抗原检测
result-kind-antibody = 抗体检测
result-kind-vaccination = 疫苗接种
result-kind-other = 其他检测
result-fact-negative = 规则会参考这次阴性检测的日期。
result-fact-positive = 规则会参考这次阳性检测的日期。
result-fact-vaccinated = 规则会参考这次接种的日期。
result-step-connect = 联网一次，结果会自动送达。
result-step-test_again = 请再做一次检测。
result-step-see_colour = 查看您的颜色及原因。如结果有误或不属于您，可在那里申诉。
result-step-call = 请致电 12320 了解其含义。
result-step-update = 请更新应用后查看。
way-test = 检测机构报告此后日期的阴性检测，可缩短这一过程。
why-report-appeal = { $what }：由两名工作人员就您的申诉 { $report } 作出的决定补记。
why-report-exposure = 接触或停留已结束
why-report = { $what }的日期来自检测机构的报告 { $report }，见您的结果。
why-report-negative = 阴性检测
why-report-positive = 阳性检测
why-report-recovered = 康复
why-report-vaccinated = 接种
result_unknown = 这里没有此结果。
results_unreadable = 无法读取主管部门发来的结果。
result_not_verified = 有一项结果没有主管部门为此人作出的签名。
laboratory_unknown = 没有此编号的检测机构可在此报告。
laboratory_not_valid = 该检测机构目前不得报告。
report_signature_wrong = 此报告没有该检测机构的签名。
report_malformed = 此内容不是规定格式的报告。
report_other_authority = 此报告是给其他主管部门的。
report_count = 报告中没有结果，或结果过多。
result_id_reused = 此编号和版本已用于其他内容。
result_version_not_next = 这不是最新版本之后的版本。
result_other_document = 此前的版本属于其他证件。
result_in_future = 采样时间在未来。
result_too_old = 采样时间过早，不能再报告。
result_field_invalid = 结果中有不可能的内容。
result_kind_not_allowed = 该检测机构不得报告此类结果。
result_document_refused = 此类证件没有这样的号码。
laboratories_invalid = 检测机构名单中有不可能的内容。
problem-laboratory_refused = 检测机构的报告被拒绝
result-until = 计至 { $moment }
result-sampled = 采样时间：{ $time }
result-given = 接种时间：{ $time }
result-reported = 报告时间：{ $time }
result-dose = 第 { $number } 剂
result-dose-of = 第 { $number } 剂，共 { $of } 剂
result-earlier = 此前：{ $outcome }，报告时间：{ $time }
results-some = 计入或等待中的结果：{ $count } 项。
results-unverified = 收到 { $count } 项没有主管部门为此人签名的结果：不予显示，将再次索取。
notice-new_results = 有 { $count } 项新结果。
