# 应用界面的全部文字，简体中文。各语言的编号相同：`<界面>-<内容>`，共用的为 `common-<内容>`。
# 随状态或数据变化的文字（提示条、颜色、原因、错误）由核心给出，见 ../zh.ftl。

## Common

common-app-name = 健康码
common-back = 返回
common-cancel = 取消
common-close = 关闭
common-done = 完成
common-retry = 重试
common-save = 保存
common-edit = 修改
common-delete = 删除
common-dismiss = 知道了
common-yes = 是
common-no = 否
common-more = 更多
common-call-number = 拨打 { $number }
common-call-by-hand = 本设备无法拨打电话，请用电话拨打 { $number }。
common-offline = 离线，可继续使用
common-as-of = 截至 { $time }
common-problem-title = 有一处需要修改
common-error-code = 代码：{ $code }
common-update-by-hand = 请在当初安装本应用的地方获取新版本。
common-not-saved = 没有保存。请换一个位置再试。
common-received = 已收到
common-strip-more = 还有 { $count } 条提示
common-count-of = { $done }/{ $total }
common-days = { $count } 天
common-optional = { $label }（选填）
common-spoken = { $label }：{ $value }
common-green-means = 暂无限制
common-yellow-means = 请居家并每日打卡
common-red-means = 请勿外出，拨打电话
common-orange-means = 请居家隔离，每日申报

## Opening

opening-title = 正在打开健康码
opening-loading = 请稍候…
opening-retry = 重试
opening-reset = 删除并重新开始
opening-reset-title = 删除本机的健康码？
opening-reset-effects = 将从本机删除：您的登记、健康码、变更记录，以及所有尚未发送的内容。主管部门保存的内容不变。之后需由其服务窗口将登记转移到本机。
opening-reset-confirm = 删除
opening-get-help = 拨打 12320 求助
opening-update = 更新应用

## Onboarding

onboarding-title = 健康码
onboarding-lead = 您的健康码存在本机，没有网络也能用。
onboarding-point-show = 进门时出示。码每隔几秒更新，无法复制冒用。
onboarding-point-why = 可以查看颜色的原因，有误可以提出异议。
onboarding-point-private = 不追踪位置，没有广告，只发送您申报的内容。
onboarding-start = 开始
onboarding-language = 语言
onboarding-consent-title = 登记之前
onboarding-consent-who = 谁会收到
onboarding-consent-who-text = 所在地区的卫生健康主管部门，没有其他人。
onboarding-consent-what = 收到什么
onboarding-consent-what-text = 您的身份、健康状况和停留地点。
onboarding-consent-why = 用来做什么
onboarding-consent-why-text = 依据公开的规则判定健康码的颜色。
onboarding-consent-how-long = 保存多久
onboarding-consent-how-long-text = 以规则规定的期限为准；您可以在设置中抹除。
onboarding-consent-agree = 同意
onboarding-consent-not-now = 暂不
onboarding-consent-not-now-text = 不同意则无法生成健康码。您随时可以回来。

## Forms

form-registration-title = 登记
form-declaration-title = 健康申报
form-entry-title = 入境申报
form-dependant-title = 为他人添加健康码
form-for = 填报对象：{ $names }
form-birth-date = 出生日期
form-birth-date-hint = 该证件上没有出生日期
form-care-code = 对方出示的码
form-care-code-hint = 12 位字母和数字，由本人手机或现在的照护人手机出示。没有请留空。
form-care-code-own = 12 位字母和数字，由一直照护您的人的手机出示
form-agree-and-add = 代为同意并提交
form-scan = 扫描
form-read-passport = 从护照读取
form-progress = 第 { $step } 题，共 { $total } 题
form-continue = 继续
form-back = 上一题
form-problem-title = 有一处需要修改
form-problem-go-to = 前往：{ $label }
form-check-title = 核对您的回答
form-check-lead = 都正确吗？目前尚未发送任何内容。
form-change = 修改
form-change-spoken = 修改：{ $label }
form-not-answered = 未填写
form-submit-registration = 登记
form-submit-declaration = 提交申报
form-agree-and-register = 同意并登记
form-taken = 主管部门已收到
form-refused = 主管部门要求修改，请返回首页查看
form-outdated = 有新版表单，请更新应用。现在仍可填写此版。
form-saved-title = 已保存
form-saved = 已存本机，联网后只发送一次
form-to-home = 查看我的码
form-date-year = 年
form-date-month = 月
form-date-day = 日
form-date-hint = 例如 2026 年 3 月 27 日
# 各框的次序：year、month、day。
form-date-order = year month day
form-document-kind = 证件种类
form-document-other-kind = 使用其他证件
form-document-number = 证件号码
form-document-number-hint = 与证件上一致；可以输入 X
form-document-check-last = 请检查最后一位。
form-choose-one = 请选择一项
form-choose-any = 可选择多项
form-division-hint = 六位数字，常与身份证号码的前六位相同
form-search = 输入文字查找
form-search-none = 没有找到，请换个说法。
form-search-more = 还有 { $count } 项，请输入文字查找
form-number-unit = { $value } { $unit }
form-consent = 知情同意
form-to-proof = 继续：证明身份
form-agree-and-prove = 同意并证明身份

## Home

home-title = 我的健康码
home-show-code = 出示健康码
home-why = 为什么？
home-declare = 健康申报
home-check-in = 今日打卡
home-history = 变更记录
home-itinerary = 行程
home-family = 家人健康码
home-paper = 纸质码
home-results = 检测与接种
home-entry = 入境
home-handed-over = 我有照护人出示的码
home-bulletins = 公告
home-unread = { $count } 条未读
home-clinics = 就近门诊
home-settings = 设置
home-sync = 更新
home-syncing = 正在更新…
home-as-of = 截至 { $time }
home-never-synced = 尚未联网
home-waiting-title = 等待发送
home-waiting = 有 { $count } 份表单等待发送，联网后每份只发送一次。
home-refused-title = 需要您处理
home-refused-mend = 修改
home-not-registered-title = 还没有健康码
home-not-registered-text = 只需登记一次，大约两分钟。
home-queued-title = 登记已保存
home-queued-text = 已存本机，联网后只发送一次
home-refused-registration-title = 登记信息需要修改
home-awaiting-title = 已登记
home-awaiting-text = 请申报健康状况，随后判定颜色。
home-unknown-title = 状态待更新
home-news-title = 您的健康码颜色有变化
home-news-read = 我已阅读
home-appeals-title = 我的申诉

## Code

code-title = 健康码
code-scan-hint = 请对准扫码器
code-image = 健康码，{ $name }，{ $colour }。请对准扫码器。
code-as-of = 截至 { $time }
code-why = 为什么？
code-person = 查看此人
code-none-title = 还没有码
code-none-text = 登记并申报后，码会显示在这里。
code-expired-title = 状态待更新
code-expired-text = 码已到期。联网一次即可恢复。
code-connect = 联网更新
code-screenshot = 截图无法用来通行：几秒后就会失效。

## Why

why-title = 颜色的原因
why-reason = 原因
why-since = 起始时间
why-what-to-do = 怎么办
why-rule = 所依据的规则
why-rule-name = 规则集 { $id }，第 { $version } 版
why-check-ins = 每日打卡
why-check-in-done = { $date }：已打卡
why-check-in-missed = { $date }：未打卡
why-check-in-today = { $date }：今天
why-check-in-coming = { $date }：未到
why-check-in-unknown = { $date }：尚未确认
why-steps = 如何转为绿码
why-dispute = 申诉
why-history = 变更记录
why-differs-title = 本机得出的颜色不同
why-differs-text = 依据公开的规则和主管部门提供的依据，本机得出另一种颜色。您可以申诉，主管部门必须复核。
why-matches = 本机依据公开的规则得出相同的颜色。
why-unchecked = 本机目前无法自行核对颜色。
why-officer-title = 由经办人判定
why-officer-text = 此决定由两名经办人签名。
why-citizen-id = 您在主管部门的编号
why-call = 拨打 12320

## History

history-title = 变更记录
history-empty = 尚无变更。每次颜色变化及其原因都会记录在这里。
history-change = { $from }变为{ $to }
history-first = 首次颜色：{ $to }
history-same = 仍为{ $to }，原因有变
history-reason = 原因
history-changed-at = 变更于 { $time }
history-call = 拨打 12320
history-alarm-read = 我已阅读
history-alarm-noticed = 本机发现于 { $time }
history-alarms-past = 此前发现的问题
history-unread = 此版本应用无法读取的变更
history-entry = 第 { $number } 条：{ $hash }
history-see = 查看变更记录

## Appeals

appeal-title = 申诉
appeal-one-title = 我的申诉
appeal-list-title = 我的申诉
appeal-lead = 请用自己的话说明哪里有误，可附照片或 PDF。由两名工作人员复核。
appeal-no-colour = 还没有颜色，暂时不能申诉。
appeal-concerns = 所涉颜色
appeal-colour-receipt = 颜色凭证 { $hash }
appeal-statement = 哪里有误？
appeal-statement-hint = 例如：那天我不在该城市。
appeal-length = 已写 { $count } 字，最多 { $max } 字
appeal-evidence = 证据
appeal-evidence-none = 未附证据
appeal-add-picture = 添加照片
appeal-add-document = 添加 PDF
appeal-adding = 正在缩小并保存…
appeal-remove = 移除
appeal-remove-spoken = 移除：{ $what }
appeal-draft-kept = 您写的和添加的内容都保存在本机，可以稍后继续。
appeal-check-title = 发送前请核对
appeal-check-text = 仅主管部门的工作人员能看到。
appeal-send = 提交申诉
appeal-deadline = 答复期限
appeal-deadline-short = 答复期限：{ $time }
appeal-asked-for = 所需材料
appeal-asked-by = 请在此之前补充
appeal-answer = 补充材料
appeal-answer-title = 补充材料
appeal-answer-send = 提交补充
appeal-answer-statement = 您的说明
appeal-answer-refused = 上次补充未被接受：{ $reason }
appeal-progress = 办理进度
appeal-decided-at = 决定时间
appeal-reason = 理由
appeal-officers = 工作人员的说明
appeal-two-officers = 此决定由两名工作人员签名。
appeal-received-at = 收到时间
appeal-receipt = 回执号
appeal-again = 再次申诉
appeal-see-colour = 查看颜色及原因
appeal-see = 查看申诉
appeal-new-decision = 新结果：{ $title }
appeal-withdraw = 撤回申诉
appeal-withdraw-title = 撤回此申诉？
appeal-withdraw-text = 撤回后无人再复核，您的颜色不变。撤回后仍可再次申诉。
appeal-keep = 不撤回
appeal-dismiss = 从列表中移除

## Proof of identity

proof-title = 证明身份
proof-not-needed = 在此无需证明身份，您无需操作。
proof-registering = 证明身份后，您填写的登记即一并发送。
proof-type-code = 输入激活码
proof-not-here = 本机无法使用此方式。
proof-login-failed = 登录未完成。没有发送任何内容，请重试。
proof-login-title = 请在浏览器中登录
proof-login-open = 登录页面已在浏览器中打开。请在那里登录，然后回到这里。
proof-login-by-hand = 这里无法打开浏览器。请在本机的浏览器中打开此地址：
proof-login-again = 重新打开页面
proof-login-copy = 复制地址
proof-login-back-title = 登录已结束
proof-login-back = 请关闭此页面，回到健康码。
proof-login-late = 登录用时过长。没有发送任何内容，请重试。
proof-login-unreachable = 无法连接登录服务。请检查网络后重试。
proof-code-title = 服务点的激活码
proof-code-hint = 共 16 位，印在服务点给您的单据上。大小写和空格都可以。
proof-send = 发送
proof-without = 服务窗口已将我的登记转到本机：不出示证明
proof-scan = 扫描单据上的方块
proof-since = 证明于 { $time }
proof-see = 身份证明

## Itinerary

itinerary-title = 行程
itinerary-lead = 您去过或将去的地方。只发送您在此填写的内容。
itinerary-empty = 尚未填写行程。
itinerary-add = 添加行程
itinerary-leg-title = 行程
itinerary-leg-number = 行程 { $number }
itinerary-place = 地点
itinerary-from = 第一天
itinerary-until = 最后一天
itinerary-transport = 交通方式
itinerary-transport-train = 火车
itinerary-transport-flight = 飞机
itinerary-transport-coach = 长途汽车
itinerary-transport-car = 自驾
itinerary-transport-ship = 轮船
itinerary-transport-other = 其他
itinerary-number = 车次或航班号
itinerary-number-hint = 例如 G7，没有可不填
itinerary-dates = { $from } 至 { $until }
itinerary-check = 核对后提交，目前尚未发送。
itinerary-remove = 删除此行程
itinerary-send = 提交
itinerary-queued-title = 已保存
itinerary-queued-text = 已存本机，联网后只发送一次

## Bulletins

bulletins-title = 公告
bulletins-empty = 您所在地区暂无公告。
bulletins-published = 发布于 { $time }
bulletins-level-information = 信息
bulletins-level-notice = 通知
bulletins-level-urgent = 紧急
bulletins-new = 新
bulletins-signed = 由主管部门签名
bulletins-link = 查看详情

## Clinics

clinics-title = 就近门诊
clinics-empty = 附近没有列出的门诊。
clinics-open-now = 正在开诊
clinics-closed-now = 已停诊
clinics-distance = 距您 { $distance }
clinics-metres = { $number } 米
clinics-kilometres = { $number } 公里
clinics-closes-at = { $time } 停诊
clinics-opens-at = { $time } 开诊
clinics-hours-unknown = 请先致电确认
clinics-everywhere = 全部区县
clinics-district = 区县 { $number }
clinics-own-district = 我所在的区县
clinics-call-spoken = 致电 { $name }
clinics-directions = 路线
clinics-no-position = 请选择所在区县，无需定位。
clinics-choose-district = 选择区县
clinics-use-position = 使用我的位置
clinics-position-private = 您的位置不会离开本机。
clinics-fever = 发热门诊

## Dependants

family-title = 家人健康码
family-myself = 我自己
family-show-codes = 依次出示健康码
family-add = 添加家人
family-full = 已达到人数上限，不能再添加。
family-register-first = 请先登记您自己的健康码。
family-declare = 为多人一次申报
family-declare-lead = 这次申报适用于谁？
family-declare-nobody = 请至少选择一人。
family-add-title = 添加家人
family-add-lead = 孩子或没有手机的老人，可以在本机有自己的健康码。添加需要对方同意。
family-add-code = 有手机，或已由他人照护
family-add-code-text = 请对方手机出示一个码，在表格最后一页扫描或输入。
family-add-new = 还没有登记过
family-add-new-text = 直接填写表格。孩子可以只用出生医学证明。
family-add-desk = 或到服务窗口
family-add-desk-text = 带上对方证件和本机编号，由窗口确认。
family-mend = 修改资料
family-ask-anew = 重新申请
family-remove = 从本机移除
family-own-phone = 转到本人手机
family-other-carer = 添加另一位照护人
family-who-cares = 照护人
family-leave = 不再照护
family-leave-title = 不再照护{ $name }？
family-leave-code = 此人的健康码、表格和记录将从本机删除。
family-leave-last = 如果没有其他照护人，主管部门也会删除此人的登记。
family-leave-order = 工作人员作出的决定不会因此取消。
family-leave-confirm = 不再照护
family-code-title = 出示给对方的码
family-code-image = 供对方手机扫描的码
family-code-until = { $time } 前可用
family-code-once = 这不是健康码，不能用于进门。
family-code-another = 另出示一个码
family-carers = 谁在照护我
family-carers-lead = 这些手机可以出示您的健康码，并代您填报。
family-carers-none = 没有人照护您的健康码。
family-carers-code = 为照护人出示一个码
family-carers-end = 结束照护
family-carers-end-title = 结束照护？
family-carers-end-text = 那部手机将不再出示您的健康码，也不能代您填报。
family-carers-end-confirm = 确定结束

## Paper

paper-title = 纸质码
paper-lead = 没有手机时，可凭纸质码和证件通行。仅绿码可以开具。
paper-days = 使用天数
paper-days-most = 1 至 { $count } 天
paper-ask = 申请纸质码
paper-ask-newer = 申请新的纸质码
paper-newer = 更换纸质码
paper-desk-only = 本地区只在服务窗口开具纸质码。
paper-sheet-title = 健康码（纸质）
paper-image = 纸质码的图案
paper-no-colour = 纸上没有颜色：能否通行由门岗查询后决定。
paper-by-desk = 由服务窗口开具
paper-dates = { $from } 至 { $until }
paper-save = 保存图片以便打印
paper-saved = 已保存。打印时码的边长至少 4 厘米。
paper-end = 作废这张纸质码
paper-advice = 使用须知
paper-earlier = 以前的纸质码
paper-replace-title = 更换纸质码？
paper-replace-text = 新的纸质码开具后，现在这张立即失效，请销毁。
paper-replace-confirm = 更换
paper-end-title = 作废纸质码？
paper-end-text = 联网后，这张纸质码不能再使用，无法恢复。
paper-end-confirm = 作废

## Visitors

passport-title = 从护照读取
passport-lead = 请输入或粘贴护照资料页底部的两三行字符。
passport-lines = 底部的字符行
passport-private = 不会保存图片；读到的内容只填入登记表。
passport-read = 读取
passport-read-again = 重新读取
passport-take = 填入登记表
passport-corrected = 以下字符被识别为相近的字符：
passport-name = 姓名
passport-number = 证件号码
passport-nationality = 国籍
passport-born = 出生日期
passport-expires = 到期日
entry-title = 入境
entry-declare = 填写入境申报
entry-entered-on = 入境日期
entry-declarations = 每日申报
entry-earliest-green = 最早转绿码
regions-title = 在其他地区
regions-lead = 各地区如何看待您现在的健康码：

## Results

results-title = 检测与接种
results-see = 查看结果
results-new = 新
results-past = 以往结果
results-over = 不再计入
results-place = 检测机构和地点
results-product = 疫苗或试剂
results-earlier = 此前的报告
results-proof = 给他人的证明
results-proof-text = 此结果由主管部门为您签名。保存成文件后，他人无需询问任何人即可核实。
results-proof-save = 保存证明
results-proof-saved = 已保存。文件内含检测结果，请勿交给无关的人。
results-find-test = 查找检测地点

## EU certificates

dcc-title = 欧盟证书
dcc-lead = 由欧盟国家签发。在本机读取，您愿意时可提交，计入健康码。
dcc-add = 添加证书
dcc-full = 已保存 { $count } 张证书，达到上限。如需添加，请先删除一张。
dcc-add-lead = 请扫描证书上的方块、选择证书图片，或粘贴证书文字。未经您同意，不会保存。
dcc-scan = 扫描方块
dcc-picture = 选择图片
dcc-no-code = 此图片中没有可读取的方块。
dcc-text = 证书文字
dcc-text-hint = 以 HC1: 开头
dcc-read = 读取
dcc-keep = 保存到本机
dcc-person = 属于谁
dcc-in-certificate = 证书上
dcc-in-document = 登记信息
dcc-not-said = 未注明
dcc-not-fulfilled = 未满足的要求
dcc-content = 证书内容
dcc-hand-in = 提交
dcc-compare = 核对并提交
dcc-confirm-title = 这是您本人的证书吗？
dcc-confirm-text = 工作人员会与您的证件核对，之后才会计入。
dcc-confirm = 是我的，提交
dcc-remove = 删除
dcc-remove-title = 删除此证书？
dcc-remove-text = 证书将从本机删除。如已提交，则不再计入您的健康码。

## Export

export-title = 我的信息
export-lead = 这里是保存的关于您的全部信息，可以保存带走。
export-authority = 主管部门保存的信息
export-not-requested = 尚未索取。索取后会随之后的连接到达。
export-requested = 已索取，需要联网。
export-coming = 已到达一部分，其余随之后的连接到达。
export-held = 已全部到达，见下。
export-ask = 索取
export-ask-again = 重新索取
export-save-file = 保存文件
export-save-page = 保存可打印的页面
export-saved = 已保存。文件未加密，请妥善保管。

## Settings

settings-title = 设置
settings-language = 语言
settings-language-name = 简体中文
settings-elder = 大字简洁模式
settings-elder-text = 文字和按钮更大，每屏内容更少。
settings-sound = 声音
settings-brightness = 出示时屏幕最亮
settings-lock = 出示前先解锁
settings-grants = 相机、位置和通知权限
settings-grants-text = 在手机设置中允许或关闭；缺少任何一项，应用都能使用。
settings-checkpoint = 用本机查验他人的码
settings-export = 我的信息
settings-about = 关于
settings-about-version = 版本 { $version }
settings-about-root-key = 国家公钥指纹
settings-about-root-key-text = 可与主管部门公布的指纹比对。
settings-about-store = 内容在本机的位置（损坏求助时用）
settings-device-id = 服务窗口所需的本机编号
settings-device-id-none = 手机密钥暂时没有回应
settings-licences = 许可证
settings-licences-text = 本应用是自由软件，采用 Apache License 2.0 许可证。所含程序库采用该许可证或 MIT、BSD、ISC、MPL 2.0、Unicode 许可证，源代码中逐一列明。
settings-licences-lead = 本应用采用 Apache License 2.0。所含程序库及其许可证：
settings-erase = 抹除我的健康码
settings-erase-title = 抹除全部内容？
settings-erase-lead = 以下内容将永久丢失：
settings-erase-code = 健康码及其颜色
settings-erase-registration = 在主管部门的登记
settings-erase-history = 本机的变更记录
settings-erase-drafts = 草稿和填写过的回答
settings-erase-pending = { $count ->
        [0] 没有等待发送的内容。
       *[other] 尚未发送的表单 { $count } 份
    }
settings-erase-after = 主管部门会收到抹除请求，并出具回执。
settings-erase-export = 删除前保存我的信息
settings-erase-confirm = 抹除
settings-erased-title = 已抹除
settings-erased-text = 本机已不存任何内容。主管部门抹除其所存部分后会确认。
settings-erased-kept = 主管部门继续保存的内容及期限
settings-erased-kept-until = { $what }（至 { $time }）
settings-erased-receipt = 回执 { $id }
settings-start-again = 重新开始

## Checkpoint

checkpoint-title = 门岗
checkpoint-pass = 可通行
checkpoint-check = 需核实
checkpoint-stop = 不可通行
checkpoint-cannot-tell = 无法判断
checkpoint-scan-hint = 请将码放入框内
checkpoint-next = 下一位
checkpoint-compare = 请与证件核对
checkpoint-compare-name = 请与证件核对姓名
checkpoint-compare-document = 请与证件核对证件尾号
checkpoint-compare-nothing = 此码不显示持码人信息，无须核对
checkpoint-name = 姓名
checkpoint-document = 证件尾号
checkpoint-assurance = 身份核验
checkpoint-assurance-hardware = 密钥在手机安全芯片中
checkpoint-assurance-software = 密钥在手机存储中
checkpoint-assurance-paper = 纸质码
checkpoint-region = 签发地区
checkpoint-lists-as-of = 名单截至 { $time }
checkpoint-lists-old-title = 名单已过时
checkpoint-lists-old-text = 请联网更新一次。在此之前，部分已吊销的码可能会通过。
checkpoint-torch-on = 手电筒已开
checkpoint-torch-off = 手电筒已关
checkpoint-place = 场所
checkpoint-place-none = 未设置场所
checkpoint-counters = 可通行 { $pass }，需核实 { $check }，不可通行 { $stop }，无法判断 { $unknown }
checkpoint-several = 画面中有多个码，请逐一查验
checkpoint-camera-denied-title = 无法使用相机
checkpoint-camera-denied-text = 请在手机设置中允许使用相机，才能扫码。
checkpoint-camera-settings = 打开设置
checkpoint-act-move-closer = 请把手机靠近一些，再扫一次。
checkpoint-act-show-health-code = 请对方打开健康码后出示。
checkpoint-act-show-live-code = 请对方打开应用，出示实时的码：截图和用过的码无效。
checkpoint-act-connect-their-phone = 请对方手机联网一次，再扫一次。
checkpoint-act-show-for-this-place = 请对方出示用于本场所的码。
checkpoint-act-fetch-lists = 请将本机联网一次，更新名单。
checkpoint-act-set-clock = 请核对双方手机时间，校准后再扫一次。
checkpoint-act-ask-for-document = 请查看证件。
checkpoint-act-compare-with-document = 请与证件核对姓名和证件尾号，一致则放行。
checkpoint-act-show-newer-sheet = 请出示新的纸质码，或手机上的健康码。
checkpoint-lists-none-title = 尚无名单
checkpoint-lists-none-text = 请联网一次。之后无网络也能查验。
checkpoint-lists-fetch = 更新名单
checkpoint-lists-fetching = 正在更新名单…
checkpoint-lists-failed = 无法连接，请重试。
checkpoint-choose-picture = 选择图片
checkpoint-type = 输入或粘贴码
checkpoint-type-label = 码的文字
checkpoint-type-hint = 没有相机时使用：码所含的文字，由别处发来或读出。
checkpoint-type-check = 查验
checkpoint-torch-switch = 手电筒
checkpoint-place-hint = 与场所海报一致：字母 A-Z、数字、连字符
checkpoint-place-wrong = 场所编号有误：应为 1 至 16 位字母 A-Z、数字或连字符。

## Outside of the app: notification, tile, widget, shortcut

outside-changed = 健康码有变化，请查看
outside-channel = 健康码变化
outside-show-code = 出示健康码
outside-tile = 健康码
outside-widget-hint = 轻触出示
outside-camera-use = 相机仅用于在门岗扫码，不保存图像。

## Around the screens: the lock, an app that was built for nobody
lock-title = 健康码已锁定
lock-text = 请用手机自身的锁屏方式解锁后继续。
lock-open = 解锁
opening-no-authority-title = 尚未配置
opening-no-authority-text = 此应用在构建时没有指定主管部门，无法登记。
