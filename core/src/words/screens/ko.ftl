# 앱 화면의 모든 글자, 한국어. 번호는 모든 언어에서 같습니다: `<화면>-<내용>`, 함께 쓰는 것은 `common-<내용>`.
# 상태나 자료에 따라 바뀌는 글(알림, 색, 이유, 오류)은 ../ko.ftl에 있습니다.

## Common

common-app-name = 건강코드
common-back = 뒤로
common-cancel = 취소
common-close = 닫기
common-done = 완료
common-retry = 다시 시도
common-save = 저장
common-edit = 고치기
common-delete = 지우기
common-dismiss = 알겠습니다
common-yes = 예
common-no = 아니요
common-more = 더 보기
common-call-number = { $number } 전화하기
common-call-by-hand = 이 기기로는 전화할 수 없습니다. 전화기에서 { $number }번을 누르세요.
common-offline = 오프라인, 그래도 쓸 수 있음
common-as-of = { $time } 기준
common-problem-title = 고칠 곳이 있습니다
common-error-code = 코드: { $code }
common-update-by-hand = 이 앱을 받은 곳에서 새 버전을 받으세요.
common-not-saved = 저장하지 못했습니다. 다른 곳에 다시 해 보세요.
common-received = 받음
common-strip-more = 알림 { $count }개 더
common-count-of = { $total } 중 { $done }
common-days = { $count }일
common-optional = { $label } (선택)
common-spoken = { $label }: { $value }
common-green-means = 제한 없음
common-yellow-means = 집에 머물며 매일 건강 체크
common-red-means = 나가지 말고 전화
common-orange-means = 집에 머물며 매일 신고

## Opening

opening-title = 건강코드를 여는 중
opening-loading = 잠시만 기다리세요…
opening-retry = 다시 시도
opening-reset = 지우고 새로 시작
opening-reset-title = 이 휴대전화의 건강코드를 지울까요?
opening-reset-effects = 이 휴대전화에서 등록, 코드, 변경 기록, 아직 보내지 않은 모든 것이 지워집니다. 보건 당국에 있는 것은 그대로입니다. 그 뒤에는 창구에서 등록을 이 휴대전화로 옮겨야 합니다.
opening-reset-confirm = 지우기
opening-get-help = 12320 전화로 도움받기
opening-update = 앱 업데이트

## Onboarding

onboarding-title = 건강코드
onboarding-lead = 내 건강코드가 휴대전화 안에 있어, 인터넷이 없어도 됩니다.
onboarding-point-show = 입구에서 보여 주세요. 코드는 몇 초마다 바뀌어 베껴 쓸 수 없습니다.
onboarding-point-why = 왜 이 색인지 볼 수 있고, 틀리면 이의를 신청할 수 있습니다.
onboarding-point-private = 위치 추적도 광고도 없습니다. 신고하신 내용만 보냅니다.
onboarding-start = 시작하기
onboarding-language = 언어
onboarding-consent-title = 등록하기 전에
onboarding-consent-who = 누가 받나요
onboarding-consent-who-text = 우리 지역 보건 당국뿐입니다.
onboarding-consent-what = 무엇을 받나요
onboarding-consent-what-text = 신원, 건강 상태, 머문 곳.
onboarding-consent-why = 무엇에 쓰나요
onboarding-consent-why-text = 공개된 규칙에 따라 코드의 색을 정하는 데 씁니다.
onboarding-consent-how-long = 얼마나 보관하나요
onboarding-consent-how-long-text = 그 규칙이 정한 동안입니다. 설정에서 지워 달라고 할 수 있습니다.
onboarding-consent-agree = 동의합니다
onboarding-consent-not-now = 나중에
onboarding-consent-not-now-text = 동의하지 않으면 코드를 만들 수 없습니다. 언제든 다시 오셔도 됩니다.

## Forms

form-registration-title = 등록
form-declaration-title = 건강 신고
form-entry-title = 입국 신고
form-dependant-title = 돌보는 사람의 코드
form-for = 대상: { $names }
form-birth-date = 생년월일
form-birth-date-hint = 이 신분증에는 적혀 있지 않습니다
form-care-code = 상대방의 코드
form-care-code-hint = 본인이나 지금 돌보는 사람의 휴대전화가 보여 주는 문자와 숫자 12자리. 없으면 비워 두세요.
form-care-code-own = 지금까지 돌보던 사람의 휴대전화가 보여 주는 문자와 숫자 12자리
form-agree-and-add = 대신 동의하고 보내기
form-scan = 스캔
form-read-passport = 여권에서 읽기
form-progress = { $total }개 중 { $step }번째
form-continue = 계속
form-back = 이전
form-problem-title = 고칠 곳이 있습니다
form-problem-go-to = 이동: { $label }
form-check-title = 답을 확인하세요
form-check-lead = 모두 맞나요? 아직 아무것도 보내지 않았습니다.
form-change = 고치기
form-change-spoken = 고치기: { $label }
form-not-answered = 답하지 않음
form-submit-registration = 등록하기
form-submit-declaration = 신고 보내기
form-agree-and-register = 동의하고 등록하기
form-taken = 보건 당국이 받았습니다
form-refused = 보건 당국이 고쳐 달라고 합니다. 첫 화면을 보세요
form-outdated = 새 양식이 있습니다. 앱을 업데이트하세요. 이 양식도 아직 보낼 수 있습니다.
form-saved-title = 저장됨
form-saved = 휴대전화에 저장됨. 연결되면 한 번만 보냄
form-to-home = 내 코드로
form-date-year = 년
form-date-month = 월
form-date-day = 일
form-date-hint = 예: 2026년 3월 27일
# 칸의 순서: year, month, day.
form-date-order = year month day
form-document-kind = 증명서 종류
form-document-other-kind = 다른 증명서 쓰기
form-document-number = 번호
form-document-number-hint = 증명서에 적힌 대로. X도 입력할 수 있습니다
form-document-check-last = 마지막 자리를 확인하세요.
form-choose-one = 하나를 고르세요
form-choose-any = 해당하는 것을 모두 고르세요
form-division-hint = 숫자 여섯 자리. 거민 신분증 번호의 앞 여섯 자리와 같은 경우가 많습니다
form-search = 글자를 입력해 찾기
form-search-none = 찾지 못했습니다. 다른 말로 찾아보세요.
form-search-more = { $count }개 더 있음. 글자를 입력해 찾으세요
form-number-unit = { $value } { $unit }
form-consent = 동의
form-to-proof = 계속: 신원 확인
form-agree-and-prove = 동의하고 신원 확인

## Home

home-title = 내 건강코드
home-show-code = 코드 보여 주기
home-why = 왜 이 색인가요?
home-declare = 건강 신고
home-check-in = 오늘 건강 체크
home-history = 변경 기록
home-itinerary = 여정
home-family = 가족 코드
home-paper = 종이 코드
home-results = 검사와 접종
home-entry = 입국
home-handed-over = 돌보던 사람의 코드가 있습니다
home-bulletins = 공지
home-unread = 새 글 { $count }개
home-clinics = 진료소
home-settings = 설정
home-sync = 새로 고침
home-syncing = 새로 고치는 중…
home-as-of = { $time } 기준
home-never-synced = 아직 연결한 적 없음
home-waiting-title = 보내려고 기다리는 중
home-waiting = 양식 { $count }개가 기다립니다. 연결되면 각각 한 번만 보냅니다.
home-refused-title = 확인이 필요합니다
home-refused-mend = 고치기
home-not-registered-title = 아직 건강코드가 없습니다
home-not-registered-text = 한 번만 등록하면 됩니다. 2분쯤 걸립니다.
home-queued-title = 등록이 저장됨
home-queued-text = 휴대전화에 저장됨. 연결되면 한 번만 보냄
home-refused-registration-title = 등록 내용을 고쳐야 합니다
home-awaiting-title = 등록됨
home-awaiting-text = 건강 상태를 신고하면 색이 정해집니다.
home-unknown-title = 업데이트 필요
home-news-title = 코드의 색이 바뀌었습니다
home-news-read = 읽었습니다
home-appeals-title = 내 이의 신청

## Code

code-title = 건강코드
code-scan-hint = 스캐너에 대 주세요
code-image = 건강코드, { $name }, { $colour }. 스캐너에 대 주세요.
code-as-of = { $time } 기준
code-why = 왜 이 색인가요?
code-person = 이 사람 보기
code-none-title = 아직 코드가 없습니다
code-none-text = 등록하고 건강 신고를 하면 여기에 코드가 나옵니다.
code-expired-title = 업데이트 필요
code-expired-text = 코드의 기한이 끝났습니다. 인터넷에 한 번 연결하면 다시 나옵니다.
code-connect = 연결하기
code-screenshot = 화면을 찍은 그림은 쓸 수 없습니다. 몇 초 만에 기한이 지납니다.

## Why

why-title = 왜 이 색인가요
why-reason = 이유
why-since = 시작
why-what-to-do = 하실 일
why-rule = 적용된 규칙
why-rule-name = 규칙 모음 { $id }, 버전 { $version }
why-check-ins = 매일 건강 체크
why-check-in-done = { $date }: 했음
why-check-in-missed = { $date }: 빠뜨림
why-check-in-today = { $date }: 오늘
why-check-in-coming = { $date }: 남은 날
why-check-in-unknown = { $date }: 아직 확인되지 않음
why-steps = 초록색이 되려면
why-dispute = 이의 신청
why-history = 변경 기록
why-differs-title = 이 휴대전화의 결과는 다른 색입니다
why-differs-text = 공개된 규칙과 보건 당국이 알려 준 내용대로 하면 다른 색이 나옵니다. 이의를 신청하면 보건 당국이 다시 살펴야 합니다.
why-matches = 공개된 규칙대로 하면 이 휴대전화에서도 같은 색이 나옵니다.
why-unchecked = 지금은 이 휴대전화가 스스로 색을 확인할 수 없습니다.
why-officer-title = 담당자가 결정함
why-officer-text = 담당자 두 명이 이 결정에 서명했습니다.
why-citizen-id = 보건 당국의 내 번호
why-call = 12320 전화하기

## History

history-title = 변경 기록
history-empty = 아직 변경이 없습니다. 색이 바뀔 때마다 이유와 함께 여기에 남습니다.
history-change = { $from } → { $to }
history-first = 첫 색: { $to }
history-same = { $to } 그대로, 이유가 바뀜
history-reason = 이유
history-changed-at = { $time }에 바뀜
history-call = 12320 전화하기
history-alarm-read = 읽었습니다
history-alarm-noticed = 이 휴대전화가 알아차림: { $time }
history-alarms-past = 이전에 알아차린 것
history-unread = 이 버전의 앱이 읽을 수 없는 변경
history-entry = 기록 { $number }: { $hash }
history-see = 변경 기록 보기

## Appeals

appeal-title = 색에 대한 이의 신청
appeal-one-title = 내 이의 신청
appeal-list-title = 내 이의 신청 목록
appeal-lead = 무엇이 틀렸는지 편한 말로 적고, 보여 줄 사진이나 PDF를 넣으세요. 담당자 두 명이 살펴봅니다.
appeal-no-colour = 아직 색이 없어 이의를 신청할 수 없습니다.
appeal-concerns = 대상 색
appeal-colour-receipt = 색 확인증 { $hash }
appeal-statement = 무엇이 틀렸나요?
appeal-statement-hint = 예: 그날 저는 그 도시에 없었습니다.
appeal-length = { $max }자 중 { $count }자
appeal-evidence = 증거
appeal-evidence-none = 넣지 않음
appeal-add-picture = 사진 넣기
appeal-add-document = PDF 넣기
appeal-adding = 크기를 줄여 저장하는 중…
appeal-remove = 빼기
appeal-remove-spoken = 빼기: { $what }
appeal-draft-kept = 적고 넣은 것은 이 휴대전화에 남으므로 나중에 이어서 할 수 있습니다.
appeal-check-title = 보내기 전에 확인하세요
appeal-check-text = 보건 당국의 담당자만 볼 수 있습니다.
appeal-send = 이의 신청 보내기
appeal-deadline = 답변 기한
appeal-deadline-short = { $time }까지 답변
appeal-asked-for = 요청한 자료
appeal-asked-by = 보낼 기한
appeal-answer = 자료 보내기
appeal-answer-title = 자료 더 보내기
appeal-answer-send = 자료 보내기
appeal-answer-statement = 설명
appeal-answer-refused = 지난번 자료가 받아들여지지 않았습니다: { $reason }
appeal-progress = 진행 상황
appeal-decided-at = 결정한 때
appeal-reason = 이유
appeal-officers = 담당자의 말
appeal-two-officers = 담당자 두 명이 이 결정에 서명했습니다.
appeal-received-at = 받은 때
appeal-receipt = 접수증 번호
appeal-again = 다시 이의 신청
appeal-see-colour = 색과 이유 보기
appeal-see = 이의 신청 보기
appeal-new-decision = 새 결과: { $title }
appeal-withdraw = 이의 신청 거두기
appeal-withdraw-title = 이 이의 신청을 거둘까요?
appeal-withdraw-text = 아무도 더 살펴보지 않으며 색은 그대로입니다. 나중에 다시 신청할 수 있습니다.
appeal-keep = 그대로 두기
appeal-dismiss = 목록에서 빼기

## Proof of identity

proof-title = 신원 확인
proof-not-needed = 여기서는 필요하지 않습니다. 하실 일은 없습니다.
proof-registering = 확인하시면 적으신 등록 내용이 함께 보내집니다.
proof-type-code = 코드 입력
proof-not-here = 이 앱에서는 이 방법을 쓸 수 없습니다.
proof-login-failed = 로그인이 끝나지 않았습니다. 아무것도 보내지 않았으니 다시 해 보세요.
proof-login-title = 브라우저에서 로그인하세요
proof-login-open = 브라우저에 로그인 페이지가 열렸습니다. 거기서 로그인한 뒤 여기로 돌아오세요.
proof-login-by-hand = 여기서는 브라우저를 열 수 없습니다. 이 기기의 브라우저에서 다음 주소를 여세요.
proof-login-again = 페이지 다시 열기
proof-login-copy = 주소 복사
proof-login-back-title = 로그인이 끝났습니다
proof-login-back = 이 페이지를 닫고 건강코드로 돌아가세요.
proof-login-late = 로그인이 너무 오래 걸렸습니다. 아무것도 보내지 않았으니 다시 해 보세요.
proof-login-unreachable = 로그인 서비스에 연결할 수 없습니다. 네트워크를 확인하고 다시 해 보세요.
proof-code-title = 창구에서 받은 코드
proof-code-hint = 창구에서 받은 종이에 있는 16자입니다. 대문자와 띄어쓰기는 상관없습니다.
proof-send = 보내기
proof-without = 창구에서 내 등록을 이 휴대전화로 옮김: 확인 없이 계속
proof-scan = 종이의 네모 무늬 찍기
proof-since = { $time }에 확인됨
proof-see = 신원 확인

## Itinerary

itinerary-title = 여정
itinerary-lead = 다녀왔거나 갈 곳을 적어 주세요. 여기에 적은 것만 보냅니다.
itinerary-empty = 아직 적은 여정이 없습니다.
itinerary-add = 여정 추가
itinerary-leg-title = 여정
itinerary-leg-number = 여정 { $number }
itinerary-place = 곳
itinerary-from = 첫날
itinerary-until = 마지막 날
itinerary-transport = 교통수단
itinerary-transport-train = 기차
itinerary-transport-flight = 비행기
itinerary-transport-coach = 고속버스
itinerary-transport-car = 자동차
itinerary-transport-ship = 배
itinerary-transport-other = 기타
itinerary-number = 열차나 항공편 번호
itinerary-number-hint = 예: G7. 없으면 비워 두세요
itinerary-dates = { $from } ~ { $until }
itinerary-check = 확인한 뒤 보내세요. 아직 보내지 않았습니다.
itinerary-remove = 이 여정 지우기
itinerary-send = 보내기
itinerary-queued-title = 저장됨
itinerary-queued-text = 휴대전화에 저장됨. 연결되면 한 번만 보냄

## Bulletins

bulletins-title = 공지
bulletins-empty = 우리 지역의 공지가 없습니다.
bulletins-published = { $time }
bulletins-level-information = 안내
bulletins-level-notice = 알림
bulletins-level-urgent = 긴급
bulletins-new = 새 글
bulletins-signed = 보건 당국이 서명함
bulletins-link = 자세히 보기

## Clinics

clinics-title = 진료소
clinics-empty = 이 근처에 등록된 진료소가 없습니다.
clinics-open-now = 지금 진료 중
clinics-closed-now = 진료 끝남
clinics-distance = { $distance } 거리
clinics-metres = { $number } m
clinics-kilometres = { $number } km
clinics-closes-at = { $time } 진료 마감
clinics-opens-at = { $time } 진료 시작
clinics-hours-unknown = 가기 전에 전화하세요
clinics-everywhere = 모든 구·현
clinics-district = 구·현 { $number }
clinics-own-district = 내가 있는 구·현
clinics-call-spoken = { $name } 전화하기
clinics-directions = 길 찾기
clinics-no-position = 구·현을 고르세요. 위치는 필요 없습니다.
clinics-choose-district = 구·현 고르기
clinics-use-position = 내 위치 쓰기
clinics-position-private = 위치는 이 휴대전화 밖으로 나가지 않습니다.
clinics-fever = 발열 진료소

## Dependants

family-title = 가족 코드
family-myself = 본인
family-show-codes = 코드 차례로 보이기
family-add = 사람 추가
family-full = 더 추가할 수 없습니다.
family-register-first = 먼저 본인을 등록하세요.
family-declare = 여러 사람 한 번에 신고
family-declare-lead = 누구를 위한 신고인가요?
family-declare-nobody = 한 사람 이상 고르세요.
family-add-title = 사람 추가
family-add-lead = 아이나 휴대전화가 없는 어르신의 코드를 여기에 둘 수 있습니다. 상대방의 동의가 필요합니다.
family-add-code = 휴대전화가 있거나 이미 돌보는 사람이 있으면
family-add-code-text = 그 휴대전화에서 코드를 보이게 하고, 양식의 마지막 쪽에서 스캔하거나 입력하세요.
family-add-new = 아직 등록한 적이 없으면
family-add-new-text = 양식을 작성하세요. 아이는 출생증명서만 있어도 됩니다.
family-add-desk = 또는 창구에서
family-add-desk-text = 상대방의 신분증과 이 휴대전화의 번호를 가져가면 창구에서 확인합니다.
family-mend = 정보 고치기
family-ask-anew = 다시 신청
family-remove = 이 휴대전화에서 지우기
family-own-phone = 본인 휴대전화로 옮기기
family-other-carer = 다른 돌봄이 추가
family-who-cares = 돌보는 사람
family-leave = 그만 돌보기
family-leave-title = { $name } 님을 그만 돌볼까요?
family-leave-code = 이 사람의 코드, 양식, 기록이 이 휴대전화에서 지워집니다.
family-leave-last = 다른 돌봄이가 없으면 보건 당국도 이 사람의 등록을 지웁니다.
family-leave-order = 담당자의 결정은 그대로 남습니다.
family-leave-confirm = 그만 돌보기
family-code-title = 상대방에게 보일 코드
family-code-image = 상대방 휴대전화가 스캔할 코드
family-code-until = { $time }까지
family-code-once = 건강코드가 아니므로 출입에 쓸 수 없습니다.
family-code-another = 다른 코드 보이기
family-carers = 나를 돌보는 사람
family-carers-lead = 이 휴대전화들은 내 코드를 보이고 나를 대신해 신고할 수 있습니다.
family-carers-none = 내 코드를 돌보는 사람이 없습니다.
family-carers-code = 돌봄이에게 코드 보이기
family-carers-end = 돌봄 끝내기
family-carers-end-title = 돌봄을 끝낼까요?
family-carers-end-text = 그 휴대전화는 더는 내 코드를 보이거나 대신 신고할 수 없습니다.
family-carers-end-confirm = 끝내기

## Paper

paper-title = 종이 코드
paper-lead = 휴대전화가 없을 때 신분증과 함께 보이는 종이입니다. 초록색일 때만 만들 수 있습니다.
paper-days = 며칠 동안
paper-days-most = 1일에서 { $count }일
paper-ask = 종이 코드 신청
paper-ask-newer = 새 종이 코드 신청
paper-newer = 새 종이 코드
paper-desk-only = 이 지역에서는 창구에서만 종이 코드를 만듭니다.
paper-sheet-title = 종이 건강코드
paper-image = 종이 코드의 무늬
paper-no-colour = 종이에는 색이 없습니다. 출입구에서 아직 쓸 수 있는지 확인합니다.
paper-by-desk = 창구에서 만듦
paper-dates = { $from } – { $until }
paper-save = 인쇄할 그림 저장
paper-saved = 저장했습니다. 너비 4cm 이상으로 인쇄하세요.
paper-end = 이 종이 코드 끝내기
paper-advice = 알아 두세요
paper-earlier = 이전 종이 코드
paper-replace-title = 종이 코드를 바꿀까요?
paper-replace-text = 새 종이 코드가 나오면 지금 것은 바로 쓸 수 없습니다. 없애 주세요.
paper-replace-confirm = 바꾸기
paper-end-title = 종이 코드를 끝낼까요?
paper-end-text = 온라인이 되면 이 종이 코드는 다시 쓸 수 없습니다.
paper-end-confirm = 끝내기

## Visitors

passport-title = 여권에서 읽기
passport-lead = 여권 사진면 아래쪽의 두세 줄을 입력하거나 붙여 넣으세요.
passport-lines = 아래쪽 줄
passport-private = 그림은 저장하지 않습니다. 읽은 내용은 양식에만 들어갑니다.
passport-read = 읽기
passport-read-again = 다시 읽기
passport-take = 양식에 채우기
passport-corrected = 비슷한 글자로 읽은 것:
passport-name = 이름
passport-number = 신분증 번호
passport-nationality = 국적
passport-born = 생년월일
passport-expires = 만료일
entry-title = 입국
entry-declare = 입국 신고하기
entry-entered-on = 입국일
entry-declarations = 매일 신고
entry-earliest-green = 빠르면 초록색
regions-title = 다른 지역에서
regions-lead = 지역마다 내 코드를 이렇게 봅니다:

## Results

results-title = 검사와 접종
results-see = 결과 보기
results-new = 새 결과
results-past = 지난 결과
results-over = 더는 반영되지 않음
results-place = 검사 기관과 장소
results-product = 백신 또는 검사 제품
results-earlier = 이전 보고
results-proof = 다른 사람에게 보일 증명
results-proof-text = 보건 당국이 이 결과에 본인 앞으로 서명했습니다. 파일로 저장하면 다른 사람이 누구에게도 묻지 않고 확인할 수 있습니다.
results-proof-save = 증명 저장하기
results-proof-saved = 저장했습니다. 검사 결과가 들어 있으니 알 필요 없는 사람에게 주지 마세요.
results-find-test = 검사할 곳 찾기

## EU certificates

dcc-title = EU 인증서
dcc-lead = 유럽연합 나라에서 받은 인증서를 여기에서 읽고, 원하면 제출해 건강코드에 반영합니다.
dcc-add = 인증서 추가
dcc-full = 인증서를 최대 { $count }개까지 보관합니다. 추가하려면 먼저 하나를 삭제하세요.
dcc-add-lead = 인증서의 네모 무늬를 찍거나, 그림을 고르거나, 글자를 붙여 넣으세요. 동의하기 전에는 저장하지 않습니다.
dcc-scan = 네모 무늬 찍기
dcc-picture = 그림 고르기
dcc-no-code = 이 그림에는 읽을 수 있는 네모 무늬가 없습니다.
dcc-text = 인증서 글자
dcc-text-hint = HC1: 로 시작합니다
dcc-read = 읽기
dcc-keep = 이 휴대전화에 보관
dcc-person = 누구의 것인가
dcc-in-certificate = 인증서에 있는 것
dcc-in-document = 등록한 것
dcc-not-said = 적혀 있지 않음
dcc-not-fulfilled = 충족하지 않은 요건
dcc-content = 인증서 내용
dcc-hand-in = 제출
dcc-compare = 비교하고 제출
dcc-confirm-title = 본인의 인증서입니까?
dcc-confirm-text = 담당자가 증명서와 비교한 뒤에 반영됩니다.
dcc-confirm = 내 것입니다, 제출
dcc-remove = 삭제
dcc-remove-title = 이 인증서를 삭제할까요?
dcc-remove-text = 이 휴대전화에서 삭제됩니다. 제출한 것이면 더는 건강코드에 반영되지 않습니다.

## Export

export-title = 내 정보
export-lead = 나에 대해 보관된 모든 정보입니다. 저장해서 가져갈 수 있습니다.
export-authority = 보건 당국이 보관한 정보
export-not-requested = 아직 요청하지 않았습니다. 요청하면 다음 연결 때 옵니다.
export-requested = 요청했습니다. 네트워크가 필요합니다.
export-coming = 일부가 왔습니다. 나머지는 다음 연결 때 옵니다.
export-held = 모두 왔습니다. 아래에 있습니다.
export-ask = 요청하기
export-ask-again = 다시 요청
export-save-file = 파일 저장
export-save-page = 인쇄할 쪽 저장
export-saved = 저장했습니다. 파일은 잠겨 있지 않으니 잘 보관하세요.

## Settings

settings-title = 설정
settings-language = 언어
settings-language-name = 한국어
settings-elder = 큰 글자와 간단한 화면
settings-elder-text = 글자와 버튼이 커지고, 한 화면의 내용이 줄어듭니다.
settings-sound = 소리
settings-brightness = 코드를 보여 줄 때 가장 밝게
settings-lock = 코드를 보여 주기 전에 잠금 풀기
settings-grants = 카메라, 위치, 알림 권한
settings-grants-text = 휴대전화 설정에서 허용하거나 끌 수 있습니다. 하나도 허용하지 않아도 앱을 쓸 수 있습니다.
settings-checkpoint = 이 휴대전화로 다른 사람의 코드 확인하기
settings-export = 내 정보
settings-about = 앱 정보
settings-about-version = 버전 { $version }
settings-about-root-key = 국가 열쇠의 지문
settings-about-root-key-text = 보건 당국이 공개한 것과 견주어 보세요.
settings-about-store = 이 휴대전화에서 저장하는 곳 (손상되어 도움을 받을 때 필요)
settings-device-id = 창구에서 쓰는 이 휴대전화 번호
settings-device-id-none = 지금은 휴대전화의 열쇠가 응답하지 않습니다
settings-licences = 라이선스
settings-licences-text = 이 앱은 Apache License 2.0을 따르는 자유 소프트웨어입니다. 들어 있는 라이브러리는 그 라이선스나 MIT, BSD, ISC, MPL 2.0, Unicode 라이선스를 따르며, 소스에 하나하나 적혀 있습니다.
settings-licences-lead = 이 앱은 Apache License 2.0을 따릅니다. 들어 있는 라이브러리:
settings-erase = 내 건강코드 지우기
settings-erase-title = 모두 지울까요?
settings-erase-lead = 다음은 영영 사라집니다:
settings-erase-code = 코드와 그 색
settings-erase-registration = 보건 당국의 등록
settings-erase-history = 이 휴대전화의 변경 기록
settings-erase-drafts = 임시 저장과 답
settings-erase-pending = { $count ->
        [0] 보내려고 기다리는 것이 없습니다.
       *[other] 아직 보내지 않은 양식 { $count }개
    }
settings-erase-after = 보건 당국에 가진 것을 지워 달라고 요청하고, 확인증을 받습니다.
settings-erase-export = 지우기 전에 내 정보 저장
settings-erase-confirm = 지우기
settings-erased-title = 지웠습니다
settings-erased-text = 이 휴대전화에는 아무것도 남지 않았습니다. 보건 당국은 가진 것을 지우면 확인해 줍니다.
settings-erased-kept = 보건 당국이 계속 보관하는 것과 그 기한
settings-erased-kept-until = { $what } ({ $time }까지)
settings-erased-receipt = 확인증 { $id }
settings-start-again = 다시 시작하기

## Checkpoint

checkpoint-title = 출입 확인
checkpoint-pass = 통과
checkpoint-check = 확인 필요
checkpoint-stop = 통과 불가
checkpoint-cannot-tell = 판단 불가
checkpoint-scan-hint = 코드를 틀 안에 맞춰 주세요
checkpoint-next = 다음
checkpoint-compare = 증명서와 견주어 보세요
checkpoint-compare-name = 이름을 증명서와 견주세요
checkpoint-compare-document = 끝자리를 증명서와 견주세요
checkpoint-compare-nothing = 이 코드는 누구의 것인지 말하지 않습니다. 견줄 것이 없습니다
checkpoint-name = 이름
checkpoint-document = 끝자리
checkpoint-assurance = 신원
checkpoint-assurance-hardware = 열쇠가 휴대전화 보안 칩에 있음
checkpoint-assurance-software = 열쇠가 휴대전화 저장소에 있음
checkpoint-assurance-paper = 종이 코드
checkpoint-region = 발급 지역
checkpoint-lists-as-of = 목록 { $time } 기준
checkpoint-lists-old-title = 목록이 오래되었습니다
checkpoint-lists-old-text = 한 번 연결해 받으세요. 그때까지는 취소된 코드가 통과될 수 있습니다.
checkpoint-torch-on = 손전등 켜짐
checkpoint-torch-off = 손전등 꺼짐
checkpoint-place = 장소
checkpoint-place-none = 장소를 정하지 않음
checkpoint-counters = 통과 { $pass }, 확인 필요 { $check }, 통과 불가 { $stop }, 판단 불가 { $unknown }
checkpoint-several = 코드가 여러 개 보입니다. 한 사람씩 확인하세요
checkpoint-camera-denied-title = 카메라를 쓸 수 없음
checkpoint-camera-denied-text = 코드를 찍으려면 휴대전화 설정에서 카메라를 허용하세요.
checkpoint-camera-settings = 설정 열기
checkpoint-act-move-closer = 휴대전화를 더 가까이 대고 다시 찍으세요.
checkpoint-act-show-health-code = 건강코드를 열어 보여 달라고 하세요.
checkpoint-act-show-live-code = 앱을 열어 지금 나오는 코드를 보여 달라고 하세요. 찍어 둔 그림이나 지난 코드는 안 됩니다.
checkpoint-act-connect-their-phone = 상대 휴대전화를 한 번 연결하게 한 뒤 다시 찍으세요.
checkpoint-act-show-for-this-place = 이 장소에 쓰는 코드를 보여 달라고 하세요.
checkpoint-act-fetch-lists = 이 휴대전화를 한 번 연결해 목록을 받으세요.
checkpoint-act-set-clock = 두 휴대전화의 시계를 견주어 틀린 쪽을 맞추고 다시 찍으세요.
checkpoint-act-ask-for-document = 증명서를 보여 달라고 하세요.
checkpoint-act-compare-with-document = 이름과 끝자리를 증명서와 견주어, 같으면 들여보내세요.
checkpoint-act-show-newer-sheet = 새 종이나 휴대전화의 코드를 보여 달라고 하세요.
checkpoint-lists-none-title = 아직 목록이 없습니다
checkpoint-lists-none-text = 한 번 연결하세요. 그 뒤에는 인터넷 없이도 코드를 확인합니다.
checkpoint-lists-fetch = 목록 받기
checkpoint-lists-fetching = 목록을 받는 중…
checkpoint-lists-failed = 연결되지 않습니다. 다시 시도하세요.
checkpoint-choose-picture = 그림 고르기
checkpoint-type = 코드 입력 또는 붙여넣기
checkpoint-type-label = 코드의 글자
checkpoint-type-hint = 카메라가 없을 때: 다른 곳에서 보내거나 읽은 코드의 글자를 넣습니다.
checkpoint-type-check = 확인하기
checkpoint-torch-switch = 손전등
checkpoint-place-hint = 장소 안내문에 적힌 대로: 영문 A-Z, 숫자, 붙임표
checkpoint-place-wrong = 장소 번호가 아닙니다. 영문 A-Z, 숫자, 붙임표 1~16자입니다.

## Outside of the app: notification, tile, widget, shortcut

outside-changed = 건강코드가 바뀌었습니다. 확인해 주세요
outside-channel = 건강코드 변경
outside-show-code = 건강코드 보여 주기
outside-tile = 건강코드
outside-widget-hint = 누르면 코드가 나옵니다
outside-camera-use = 카메라는 출입 확인에서 코드를 읽는 데만 씁니다. 그림은 저장하지 않습니다.

## Around the screens: the lock, an app that was built for nobody
lock-title = 건강코드가 잠겨 있습니다
lock-text = 휴대전화의 잠금을 풀고 계속하세요.
lock-open = 잠금 풀기
opening-no-authority-title = 설정되지 않음
opening-no-authority-text = 이 앱은 보건 당국을 정하지 않고 만들어져 등록할 곳이 없습니다.
