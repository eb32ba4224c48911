# 사람이 읽는 모든 문장, 한국어. 번호는 모든 언어에서 같습니다. 숫자나 이름 뒤에는 받침에 따라 바뀌는 조사를 쓰지 않습니다.

## What the citizen agrees to, and what a checkpoint says

registers-again = 보건 당국에서 이 휴대전화의 등록 정보를 잃었습니다. 휴대전화가 스스로 다시 등록하고, 보관 중인 내용을 다시 보냅니다. 하실 일은 없습니다. 색은 새로 정해집니다.
consent-text = 제가 신고하는 정보(신원, 건강 상태, 머문 곳)를 우리 지역 보건 당국이 받아, 공개된 규칙에 따라 제 코드의 색을 정하고, 그 규칙이 정한 기간 동안 보관하는 데 동의합니다. 코드를 보여 줄 때 확인하는 사람은 일부를 가린 이름, 신분증 끝자리, 색만 볼 수 있습니다. 저는 색에 이의를 신청할 수 있고, 이 동의를 거둘 수 있습니다.
accepted = 진짜 건강코드입니다. 들여보내세요.

## Colours

colour-green = 초록색
    .title = 초록색: 제한 없음
    .spoken = 건강코드: 초록색. 제한이 없습니다.
colour-yellow = 노란색
    .title = 노란색: 집에 머물며 매일 건강 체크
    .spoken = 건강코드: 노란색. 집에 머물며 매일 건강 체크를 해 주세요.
colour-red = 빨간색
    .title = 빨간색: 나가지 말고 전화
    .spoken = 건강코드: 빨간색. 나가지 말고 12320으로 전화하세요.
colour-orange = 주황색
    .title = 주황색: 집에 머물며 매일 신고
    .spoken = 국제 건강코드: 주황색. 집에 머물며 매일 건강을 신고하세요.
status-unknown = 업데이트 필요
    .spoken = 건강코드: 업데이트가 필요합니다. 지금은 색을 알 수 없습니다.
status-no_colour = 아직 색이 없음
    .spoken = 건강코드: 아직 색이 없습니다.

## What the home screen says first, and what its button does

notice-region_ended = 이 지역의 건강코드가 끝났습니다: { $time }. { $reason }
notice-update_needed = 앱을 업데이트하세요. 보건 당국이 이 버전을 더는 지원하지 않습니다.
notice-expired = 코드의 기한이 지났습니다. 인터넷에 한 번 연결하면 새 코드를 받습니다. 지난 색은 보여 주지 않습니다.
notice-device_unknown = 보건 당국에 이 휴대전화의 등록이 없습니다. 다시 등록하거나 창구에 문의하세요.
notice-upload_refused = 보낸 내용 중 { $count }건이 받아들여지지 않았습니다. 이유를 확인하세요.
notice-appeal_overdue = 이의 신청 { $count }건의 답변 기한이 지났습니다. 보건 당국에 전화해 접수증 번호를 말씀하세요.
notice-appeal_asked = 보건 당국이 이의 신청 { $count }건에 자료를 더 요청했습니다. 내용을 보고 보내 주세요.
notice-appeal_decided = 이의 신청 { $count }건이 결정되었습니다. 결과를 확인하세요.
notice-colour_differs = 공개된 규칙대로 하면 이 휴대전화에서는 다른 색이 나옵니다. 이유를 보고 이의를 신청하세요.
notice-colour_alarm = 색상 변경 기록이 맞지 않습니다. 발견된 내용을 확인하세요.
notice-clock_never_set = 휴대전화가 지금 시각을 모릅니다. 인터넷에 한 번 연결하세요.
notice-certificate_refused = 지금 이 네트워크는 믿을 수 없습니다. 아무것도 보내지 않았습니다.
notice-captive_portal = 이 네트워크는 먼저 로그인해야 합니다. 아무것도 보내지 않았습니다.
notice-offline = 오프라인, 그래도 쓸 수 있음
notice-server_busy = 보건 당국 서버가 지금 응답하지 않습니다. 잠시 뒤 스스로 다시 시도합니다.
notice-grace_in_force = 서버가 멈춰 있습니다. 보건 당국의 명령에 따라 이 코드는 { $time }까지 받아 줍니다.
notice-stale = 마지막 업데이트: { $time }
notice-sunset_coming = 이 지역의 건강코드가 곧 끝납니다: { $time }. { $reason }
notice-clock_wrong = 휴대전화 시계가 틀렸지만 코드는 쓸 수 있습니다
    .without-code = 휴대전화 시계가 틀렸습니다
notice-uploads_waiting = { $count ->
        [1] 휴대전화에 저장됨. 연결되면 한 번만 보냄
       *[other] { $count }건 저장됨. 연결되면 각각 한 번만 보냄
    }
notice-uploads_of_newer_app = 앱의 새 버전이 여기에 저장한 내용이 있습니다. 앱을 업데이트하면 보낼 수 있습니다.
notice-update_advised = 앱의 새 버전이 있습니다.

## Where the store does not open

opening-key_unavailable = 휴대전화 잠금을 풀고 다시 시도하세요. 다시 켠 뒤에도 같으면 열쇠를 잃은 것이어서, 여기에 저장된 내용을 더는 읽을 수 없습니다. 보건 당국에는 등록이 남아 있습니다. 여기서 지우고 새로 시작하면, 창구에서 등록을 이 휴대전화로 옮겨 줍니다.
    .title = 휴대전화의 열쇠 보관소가 응답하지 않음
opening-key_lost = 이 휴대전화에서 건강코드를 지키던 열쇠가 없어졌습니다. 화면 잠금을 초기화하면 그럴 수 있습니다. 여기에 저장된 내용은 더는 읽을 수 없지만, 보건 당국에는 등록이 남아 있습니다. 여기서 지우고 새로 시작하면, 창구에서 등록을 이 휴대전화로 옮겨 줍니다.
    .title = 열쇠를 잃음
opening-store_damaged = 이 휴대전화에 저장된 내용이 손상되었습니다. 아무것도 지우지 않았고, 보건 당국에는 등록이 남아 있습니다. 여기서 지우고 새로 시작할 수 있습니다. 그러면 아직 보내지 않은 내용은 사라집니다.
    .title = 저장된 자료가 손상됨
opening-store_newer = 앱의 새 버전이 저장한 자료입니다. 잃은 것은 없습니다. 앱을 업데이트하세요.
    .title = 앱을 업데이트하세요
opening-no_space = 저장 공간을 비우고 다시 시도하세요. 잃은 것은 없습니다.
    .title = 휴대전화 저장 공간이 가득 참
opening-in_use = 자료가 다른 곳에서 열려 있습니다. 그곳의 앱을 닫고 다시 시도하세요. 잃은 것은 없습니다.
    .title = 이미 열려 있음
opening-other = 아무것도 지우지 않았습니다. 다시 시도하세요. 계속 안 되면 12320으로 전화하세요.
    .title = 건강코드를 열 수 없음

## The one button

step-register = 등록하기
step-mend_registration = 등록 고치기
step-connect = 연결하기
step-declare = 건강 신고하기
step-check_in_today = 오늘 건강 체크
step-declare_entry = 입국 신고하기
step-show_code = 코드 보여 주기
step-save_data = 내 데이터 저장
step-update = 앱 업데이트

## Reasons: why, and what to do

reason-clear = 제한할 만한 기록도 신고도 없습니다.
    .instruction = 자유롭게 다니셔도 됩니다. 건강 상태가 바뀌면 다시 신고해 주세요.
reason-not_declared = 아직 건강 신고가 없거나 기한이 지났습니다.
    .instruction = 건강 신고서를 작성해 주세요.
reason-symptoms_declared = 증상이 있다고 신고하셨습니다.
    .instruction = 집에 머물며 매일 건강 체크를 하고, 심해지면 12320으로 전화하세요.
reason-fever = 열이 있다고 신고되었거나 확인되었습니다.
    .instruction = 발열 진료소로 가 주세요. 대중교통은 이용하지 마세요.
reason-close_contact = 확진자의 밀접 접촉자입니다.
    .instruction = 집에서 지역 담당자의 연락을 기다리며 매일 건강 체크를 하세요.
reason-confirmed = 확진자로 기록되어 있습니다.
    .instruction = 병원의 안내를 따르세요.
reason-suspected = 의심 환자로 기록되어 있습니다.
    .instruction = 격리하며 검사 결과를 기다리세요.
reason-asymptomatic = 증상 없는 감염자로 기록되어 있습니다.
    .instruction = 의학적 관찰 안내를 따르세요.
reason-high_risk_place = 고위험 지역에 머무셨습니다.
    .instruction = 정해진 기간 동안 집에 머물며 매일 건강 체크를 하세요.
reason-medium_risk_place = 중위험 지역에 머무셨습니다.
    .instruction = 정해진 기간 동안 매일 건강 체크를 하세요.
reason-arrived_from_abroad = 해외에서 입국하셨습니다.
    .instruction = 격리하며 매일 건강 체크를 하세요.
reason-check_ins_running = 매일 건강 체크가 아직 끝나지 않았습니다.
    .instruction = 매일 계속하세요. 하루를 빠뜨리면 처음부터 다시 셉니다.
reason-test_overdue = 받아야 할 검사의 기한이 지났습니다.
    .instruction = 가까운 검사소에서 검사를 받으세요.
reason-exposure_matched = 공개된 감염 발생 장소에 다녀가셨습니다.
    .instruction = 지역 담당자에게 연락하고 안내를 따르세요.
reason-measure_lifted = 내려졌던 조치가 해제되었습니다.
    .instruction = 자유롭게 다니셔도 됩니다.
reason-error_corrected = 기록의 잘못이 바로잡혔습니다.
    .instruction = 하실 일이 없습니다.
reason-unknown = 이 버전의 앱이 모르는 이유입니다.
    .instruction = 앱을 업데이트하거나, 결정한 기관에 문의하세요.

## Check-ins, and kinds of identity documents

check-ins = 매일 건강 체크 { $required }일 중 { $done }일 완료, { $left }일 남았습니다.
check-ins-reset = 하루를 빠뜨리면 처음부터 다시 셉니다.
way-declare = 건강 신고서를 작성해 주세요.
way-check-ins = { $left }일 더 이어서 매일 건강 체크를 하세요.
way-check-in-today = 오늘 건강 체크를 아직 하지 않았습니다.
way-check-in-tomorrow = 오늘 건강 체크를 했습니다. 다음은 내일입니다.
way-wait = 기다리는 것 말고는 하실 일이 없습니다.
way-connect = 공개된 규칙대로라면 이제 초록색이 될 수 있습니다. 인터넷에 연결하면 보건 당국이 다시 정합니다.
way-office = 담당자만 풀 수 있습니다. 지역 담당자나 12320으로 전화하세요.
way-object = 틀렸다면 이의를 신청하세요.
way-earliest = 빠르면 { $date }에 초록색이 됩니다.
export-title = 이 휴대전화에 보관된 내 정보
export-details-title = 내 인적 사항
export-colour-title = 내 건강코드
export-history-title = 코드의 변경 기록
export-declared-title = 마지막 신고 내용
export-appeals-title = 이의 신청
export-dependants-title = 내가 돌보는 사람
export-paper-title = 종이 코드
export-unsent-title = 아직 보내지 않음
export-erasures-title = 삭제된 내용
export-authority-title = 담당 기관에 보관된 내 정보
export-holdings-not-requested = 아직 요청하지 않았습니다. 요청하면 다음 연결 때 받습니다.
export-holdings-requested = 요청했습니다. 다음 연결 때 받습니다.
export-holdings-coming = 일부를 받았습니다. 나머지는 다음 연결 때 받습니다.
export-upload-data-request = 담당 기관 정보 요청
export-file-title = 다른 프로그램용 파일
export-nothing = 없음.
export-colour = 색상
export-why = 사유
export-since = 시작
export-rule = 규칙
export-citizen-id = 담당 기관의 내 번호
export-waiting = 네트워크를 기다리는 중입니다.
export-refused = 담당 기관이 거부했습니다.
export-upload-registration = 등록
export-upload-declaration = 건강 신고
export-upload-itinerary = 이동 경로
export-upload-correction = 이의 제기
export-upload-other = 다른 내용
export-erased = 이 휴대전화에서 삭제했습니다.
export-file = 기록
export-records = 기록 { $count }건, 저장된 그대로입니다.
export-left-out = 제외됨
export-left-out-text = 개인 키: 이것을 가진 사람은 누구나 내 코드를 보여 줄 수 있습니다.
export-phone-records = 이 휴대전화의 모든 기록
export-authority-records = 담당 기관의 모든 기록
export-bytes = 프로그램용 문자 { $count }자, 파일에 있습니다.
export-cut = 나머지는 파일에 있습니다.
export-page = { $pages }쪽 중 { $page }쪽
sunset-coming-title = 이 지역의 건강코드가 곧 끝납니다
sunset-coming = 종료: { $ends }. 이 휴대전화에 있는 내 데이터는 { $erased }에 여기와 담당 기관에서 모두 삭제됩니다. 보관하려면 그 전에 저장하세요.
sunset-ended-title = 이 지역의 건강코드가 끝났습니다
sunset-ended = 종료: { $ends }. 이제 어떤 코드도 쓸 수 없습니다. 이 휴대전화에 있는 내 데이터는 { $erased }에 여기와 담당 기관에서 모두 삭제됩니다. 보관하려면 그 전에 저장하세요.
sunset-erased-title = 모두 삭제했습니다
sunset-erased = 이 지역의 건강코드가 끝났습니다: { $ends }. 이 휴대전화에 있던 내 데이터를 삭제했습니다: { $erased }. 담당 기관에도 삭제를 요청했으며, 답이 오면 확인서를 볼 수 있습니다.
erasure-waiting = 아직 보건 당국에 연결되지 않았습니다.
erasure-confirmed = 보건 당국이 확인했습니다.
erasure-nothing_held = 보건 당국이 가진 것이 없습니다.
erasure-refused = 보건 당국이 거절했습니다.
erasure-other = 앱을 업데이트하면 보건 당국의 답을 볼 수 있습니다.
erasure-step-connect = 휴대전화를 인터넷에 한 번 연결하세요.
erasure-step-keep = 확인증을 보관하세요.
erasure-step-call = 12320에 전화하세요.
erasure-step-update = 앱을 업데이트하세요.
document-kind-resident_id = 거민 신분증
    .form = 카드의 18자리: 행정구역 6자리, 생년월일 8자리, 순번 3자리, 검사 글자(X 가능). 홍콩·마카오·타이완 주민 거주증도 같은 형식이며 81, 82, 83으로 시작합니다.
document-kind-passport = 여권
    .form = 글자와 숫자 5~9자리. 사진이 있는 면의 오른쪽 위와 아래 줄에 있습니다.
document-kind-hk_macao_permit = 홍콩·마카오 주민 내지 통행증
    .form = 카드 앞면의 H 또는 M과 숫자 8자리. 옛 카드에는 재발급 횟수 2자리가 더 있습니다.
document-kind-taiwan_permit = 타이완 주민 대륙 통행증
    .form = 카드 앞면의 숫자 8자리. 옛 수첩에는 2자리와 글자가 더 있을 수 있습니다.
document-kind-foreign_permanent_resident = 외국인 영구 거류 신분증
    .form = 2023년부터 9로 시작하는 18자리. 그 전에는 국가 글자 3개와 숫자 12개의 15자리입니다.
document-kind-birth_certificate = 출생증명서 (어린이)
    .form = 증명서 위쪽의 번호: 영문자 1자와 숫자 9자리. 돌보는 어린이용이며, 생년월일은 들어 있지 않습니다.
document-kind-other = 그 밖의 증명서
    .form = 증명서에 적힌 대로 글자와 숫자 4~32자리.

## Problems that a server names (RFC 9457)

problem-malformed = 요청을 읽을 수 없습니다.
problem-signature_refused = 요청의 서명이 없거나 틀렸습니다.
problem-nonce_required = 요청은 새 일회용 번호로 서명해야 합니다.
problem-device_unknown = 보건 당국에 이 휴대전화의 등록이 없습니다.
problem-subject_unknown = 이 기기에 그런 사람이 없습니다.
problem-officers_refused = 서로 다른 담당자 두 명이 서명해야 합니다.
problem-not_found = 찾는 것이 없습니다.
problem-method_not_allowed = 여기서는 할 수 없는 방법입니다.
problem-already_registered = 이 증명서는 다른 휴대전화에 등록되어 있습니다. 번호를 확인하세요. 본인의 등록인데 그 휴대전화나 앱을 더는 쓰지 않는다면, 증명서를 가지고 보건 당국 창구로 가세요. 등록을 이 휴대전화로 옮겨 줍니다.
problem-details_fixed = 보건 당국이 이 이름과 증명서로 색을 정했습니다. 이제는 창구에서만 바꿀 수 있습니다. 증명서를 가져가세요. 전화번호와 주소는 여기서 바꿀 수 있습니다.
problem-registration_ended = 보건 당국 창구에서 이 등록을 다른 휴대전화로 옮겼습니다. 잘못되었다면 증명서를 가지고 창구로 가세요. 이 휴대전화를 다른 사람이 쓰려면 먼저 여기 있는 건강코드를 지우세요.
problem-identity_proof_required = 여기에서는 신원 확인 없이 등록할 수 없습니다. 주민 창구에서 받은 활성화 코드를 넣거나 로그인한 뒤 다시 보내세요.
problem-identity_proof_refused = 신원 확인이 받아들여지지 않았습니다. 무엇이 잘못되었는지 보고 다른 방법으로 다시 보내세요.
problem-identity_needs_desk = 신원 확인에는 문제가 없지만, 이미 있는 등록과 맞지 않습니다. 가지고 있는 증명서를 모두 가지고 보건 당국 창구로 가세요.
problem-dependants_remain = 이 사람이 돌보는 사람이 있습니다. 그 사람부터 처리하세요.
problem-care_not_agreed = 아직 동의하지 않았습니다. 지금 이 사람을 돌보는 사람의 코드나 당국 창구의 확인이 필요합니다.
problem-care_full = 더 늘릴 수 없습니다. 돌보는 사람 수 또는 이 사람의 보호자 수가 한도에 이르렀습니다.
problem-too_large = 요청이 너무 큽니다.
problem-unsupported_media_type = 내용의 종류를 알 수 없습니다.
problem-invalid = 받아들여지지 않은 값이 있습니다.
problem-id_reused = 이 번호는 다른 내용에 이미 쓰였습니다.
problem-form_unknown = 이 양식이나 그 버전을 알 수 없습니다.
problem-rate_limited = 요청이 너무 많습니다. 잠시 기다리세요.
problem-quota_used_up = 오늘은 더 받을 수 없습니다. 남은 것은 내일 보냅니다.
problem-internal = 서버에 문제가 생겼습니다.
problem-not_issuing = 보건 당국의 열쇠를 지금 쓸 수 없어 새 코드를 내주지 않습니다. 휴대전화의 코드는 그대로입니다.
problem-unavailable = 서버를 지금 쓸 수 없습니다. 기다려 주세요.

## DocumentError

document_number_format = 번호의 형식이 이 증명서와 맞지 않습니다.
document_check_digit = 확인 숫자가 맞지 않습니다. 잘못 적은 숫자가 있는지 보세요.
document_province_unknown = 번호에 적힌 성(省)을 알 수 없습니다.
document_birth_date_invalid = 번호에 들어 있는 생년월일이 없는 날짜입니다.
document_nationality_mismatch = 이 증명서는 적으신 국적과 맞지 않습니다.
document_of_another_kind = 다른 종류 증명서의 번호이거나 그와 비슷합니다. 그 종류를 고르세요. 맞는 것이 없으면 지역 창구에 문의하세요.
mrz_layout = 여권이나 카드의 두 줄 또는 세 줄이 아닙니다. 모든 줄을 읽거나 입력하세요.
mrz_visa = 이것은 비자입니다. 여권의 신원 정보 면을 사용하세요.
mrz_character = 이 자리에 맞지 않는 글자가 있습니다. 증명서와 비교하세요.
mrz_number_check = 증명서 번호가 검사 숫자와 맞지 않습니다. 증명서와 비교하세요.
mrz_birth_check = 생년월일이 검사 숫자와 맞지 않습니다. 증명서와 비교하세요.
mrz_expiry_check = 만료일이 검사 숫자와 맞지 않습니다. 증명서와 비교하세요.
mrz_optional_check = 개인 번호가 검사 숫자와 맞지 않습니다. 증명서와 비교하세요.
mrz_composite_check = 마지막 검사 숫자가 줄 전체와 맞지 않습니다. 증명서와 비교하세요.
mrz_birth_date = 있을 수 없는 생년월일입니다. 증명서와 비교하세요.
mrz_expiry_date = 있을 수 없는 만료일입니다. 증명서와 비교하세요.
mrz_number_missing = 이 줄에 증명서 번호가 없습니다.
mrz_name_missing = 이 줄에 이름이 없습니다.

## PhoneError

answer_phone_invalid = 전화번호가 아닙니다.
phone_area_code_missing = 번호 앞에 지역 번호(예: 0571)를 적으세요. 해외 번호는 +와 국가 번호를 적으세요.
phone_country_unknown = + 뒤의 번호를 쓰는 나라가 없습니다.
phone_several = 전화번호는 하나만 적으세요.

## PortError

key_unavailable = 휴대전화의 열쇠 보관소가 열쇠를 내주지 않았습니다.
key_envelope_refused = 저장된 열쇠 봉투가 이 휴대전화의 것이 아니거나 바뀌었습니다.
entropy_unavailable = 휴대전화에서 난수를 얻지 못했습니다.
host_failed = 앱에 문제가 생겼습니다.

## TransportError

network_unreachable = 서버에 연결할 수 없습니다.
network_deadline_passed = 서버가 제시간에 응답하지 않았습니다.
cancelled = 요청에 따라 멈췄습니다.
network_certificate_refused = 서버가 누구인지 확인할 수 없었습니다. 아무것도 보내지 않았습니다.
network_certificate_time = 이 휴대전화의 시각으로는 서버의 인증서를 쓸 수 없습니다. 먼저 휴대전화의 날짜와 시각을 확인하세요.
network_answer_too_large = 응답이 너무 큽니다.
network_answer_malformed = 응답을 읽을 수 없었습니다.

## AnswerError

answer_required = 꼭 적어야 합니다.
answer_unknown_field = 양식에 없는 질문입니다.
answer_wrong_type = 답의 종류가 맞지 않습니다.
answer_too_short = 글이 너무 짧습니다.
answer_too_long = 글이 너무 깁니다.
answer_character_forbidden = 쓸 수 없는 글자가 있습니다.
answer_character_private = 어떤 기기에서는 보이지 않는 글자가 있습니다. 표준 글자나, 증명서의 기계 판독란에 있는 글자로 적으세요.
answer_name_without_letter = 이름은 눈에 보이는 글자로 시작해야 합니다.
# 받아들여지지 않은 글자: 부호와 자리.
character-place = { $text } ({ $character }, { $place }번째 글자)
answer_pattern_mismatch = 글의 형식이 맞지 않습니다.
answer_not_a_number = 숫자가 아닙니다.
answer_below_minimum = 값이 너무 작습니다.
answer_above_maximum = 값이 너무 큽니다.
answer_too_precise = 소수점 아래 자리가 너무 많습니다.
answer_not_a_date = 날짜가 아닙니다.
answer_date_too_early = 날짜가 너무 이릅니다.
answer_date_too_late = 날짜가 너무 늦습니다.
answer_choice_unknown = 고를 수 있는 항목이 아닙니다.
answer_choice_exclusive = 다른 항목과 함께 고를 수 없습니다.
answer_division_unknown = 행정 구역 번호가 아닙니다.
answer_document_kind_refused = 이 종류의 증명서는 받지 않습니다.
answer_needs_desk = 이 내용으로 색이 정해졌습니다. 이제는 보건 당국 창구에서만 바꿀 수 있습니다. 증명서를 가져가세요.
answer_condition_failed = 이 질문의 조건을 따질 수 없습니다.
answers_too_many = 답이 너무 많습니다.
answers_today_invalid = 오늘 날짜가 맞지 않습니다.

## ItineraryError

itinerary_leg_count = 여정은 1~50개까지 적을 수 있습니다.
itinerary_until_before_from = 마지막 날이 첫날보다 빠릅니다.
itinerary_transport_unknown = 기차, 비행기, 고속버스, 자동차, 배, 기타 중에서 고르세요.
itinerary_number_invalid = 열차나 항공편 번호에는 글자, 숫자, - 와 / 만 16자까지 쓸 수 있습니다.

## FormError

form_too_large = 양식이 너무 큽니다.
form_malformed = 양식을 읽을 수 없습니다.
form_version_invalid = 양식의 버전이 잘못되었습니다.
form_id_invalid = 양식에 잘못된 번호가 있습니다.
form_duplicate = 양식에 한 번만 있어야 할 것이 두 번 있습니다.
form_text_invalid = 양식의 글이 없거나 너무 깁니다.
form_count_invalid = 양식의 항목이 너무 적거나 너무 많습니다.
form_attribute_unfit = 양식의 항목과 속성이 서로 맞지 않습니다.
form_range_invalid = 양식의 범위가 잘못되었습니다.
form_pattern_invalid = 양식의 형식 규칙이 잘못되었습니다.
form_condition_invalid = 양식의 조건이 잘못되었습니다.
form_reference_unknown = 양식의 조건이 없거나 뒤에 나오는 질문을 가리킵니다.
form_fact_unknown = 양식이 이 버전에서 모르는 사실을 묻습니다.

## CodeError

code_claims_out_of_range = 건강코드에 담을 수 없는 값이 있습니다.
code_credential_malformed = 저장된 코드 자료를 읽을 수 없습니다. 새로 받아야 합니다.
code_audience_invalid = 장소 코드가 맞지 않습니다.
code_signer_mismatch = 다른 휴대전화의 코드 자료입니다.
code_signer_failed = 휴대전화의 열쇠로 서명할 수 없었습니다.

## Refusal

code_too_long = 건강코드라기에는 너무 깁니다.
not_a_health_code = 건강코드가 아닙니다.
code_base45_invalid = 코드가 손상되었습니다. 글자를 풀 수 없습니다.
code_not_canonical = 코드가 손상되었거나 위조되었습니다. 정해진 형식이 아닙니다.
code_claims_invalid = 코드에 허용되지 않은 값이 있습니다.
code_algorithm_not_allowed = 코드가 허용되지 않은 방식으로 서명되었습니다.
trust_bundle_expired = 이곳의 발급 기관 목록이 오래되었습니다. 업데이트하세요.
trust_bundle_from_future = 이곳의 발급 기관 목록 날짜가 미래입니다. 시계가 느립니다. 맞춰 주세요.
issuer_unknown = 아는 발급 기관의 코드가 아닙니다.
issuer_key_not_valid = 발급 기관의 열쇠가 이 코드에는 유효하지 않습니다.
region_ended = 이 지역의 건강코드는 끝났습니다.
credential_signature_wrong = 코드가 위조되었거나 손상되었습니다. 발급 기관의 서명이 틀렸습니다.
presentation_signature_wrong = 코드를 발급받은 휴대전화가 만든 것이 아닙니다.
credential_not_yet_valid = 코드가 아직 유효하지 않습니다.
credential_expired = 코드의 기한이 지났습니다. 그 휴대전화를 인터넷에 한 번 연결해야 합니다.
presentation_too_old = 너무 오래된 그림입니다. 실시간 코드를 보여 달라고 하세요.
presentation_from_future = 상대 휴대전화나 이곳의 시계가 틀렸습니다.
presentation_outside_credential = 코드의 유효 기간 밖에서 만든 그림입니다.
wrong_audience = 다른 장소를 위해 만든 코드입니다.
credential_revoked = 취소된 코드입니다.
paper_expired = 기한이 지난 종이입니다.
paper_revoked = 이 종이는 더 이상 쓸 수 없습니다. 새 종이가 나왔거나 색이 바뀌었습니다.
paper_needs_status_list = 종이는 최신 취소 목록 없이는 아무것도 말해 주지 않는데, 여기에는 그 목록이 없습니다.
presentation_replayed = 바로 이 그림을 여기서 이미 보였습니다. 다음 그림을 기다리세요.
colour_not_admitted = 진짜 건강코드이지만, 이 색으로는 여기에 들어올 수 없습니다.
paper_shown_elsewhere = 똑같은 종이를 방금 다른 입구에서 보였습니다. 둘 중 하나는 복사본입니다.
paper_shown_again = 똑같은 종이를 방금 여기서 보였습니다. 복사본일 수 있습니다.
compare_with_document = 쓸 수 있는 종이입니다. 이름과 끝자리를 증명서와 견주어 보세요.

## PapersSeenError

papers_seen_too_large = 본 종이의 목록이 너무 큽니다.
papers_seen_unreadable = 본 종이의 목록을 읽을 수 없습니다.

## RuleError

rule_not_an_operation = 규칙에 연산이 아닌 것이 있습니다.
rule_unknown_operator = 규칙이 모르는 연산자를 씁니다.
rule_operand_count = 연산에 쓰인 값이 너무 많거나 적습니다.
rule_operand_not_literal = 규칙의 양, 단위, 순번이 바로 적은 값이 아닙니다.
rule_literal_not_allowed = 규칙에 바로 적을 수 없는 값이 있습니다.
rule_path_invalid = 규칙이 자료를 잘못된 경로로 가리킵니다.
rule_too_deep = 규칙이 너무 깊게 겹쳐 있습니다.
rule_too_many_nodes = 규칙이 너무 큽니다.
rule_text_too_long = 규칙의 글이 너무 깁니다.
rule_neither_truthy_nor_falsy = 조건이 참도 거짓도 아닙니다.
rule_not_an_integer = 규칙에 정수가 필요한데 다른 것이 있습니다.
rule_not_a_date_time = 규칙에 날짜가 필요한데 다른 것이 있습니다.
rule_not_an_array = 규칙에 목록이 필요한데 다른 것이 있습니다.
rule_not_text = 규칙에 글이 필요한데 다른 것이 있습니다.
rule_date_invalid = 날짜를 읽을 수 없습니다.
rule_date_out_of_range = 날짜가 범위를 벗어났습니다.
rule_integer_out_of_range = 숫자가 범위를 벗어났습니다.
rule_budget_spent = 규칙을 계산하는 단계가 너무 많습니다.
rule_value_too_deep = 규칙이 만든 값이 너무 깊게 겹쳐 있습니다.
rule_set_too_large = 규칙 모음이 너무 큽니다.
rule_set_malformed = 규칙 모음을 읽을 수 없습니다.
rule_set_field_invalid = 규칙 모음에 잘못된 항목이 있습니다.
rule_id_repeated = 두 규칙의 번호가 같습니다.
rule_catch_all_missing = 규칙 모음의 끝에 나머지 모두를 위한 규칙이 없습니다.
rule_unknown_colour = 규칙이 모르는 색을 씁니다.
rule_unknown_reason = 규칙이 모르는 이유를 씁니다.
rule_set_not_in_force = 이 규칙 모음은 이날 시행되지 않습니다.
rule_facts_inconsistent = 사실들이 서로 맞지 않습니다.
rule_fact_unknown = 이 버전에서 모르는 내용으로 결정되었습니다.

## SessionFault

consent_missing = 먼저 동의서를 읽고 동의해 주세요.
already_registered_here = 이 휴대전화는 바로 이 정보로 이미 등록되어 있습니다.
not_registered = 먼저 등록해 주세요.
region_has_ended = 이 지역의 건강코드가 끝나 더 이상 등록할 수 없습니다.
no_code_yet = 아직 코드가 없습니다. 건강 신고를 하고 인터넷에 한 번 연결하세요.
form_refused = 다시 보아야 할 답이 있습니다.
clock_wrong = 휴대전화의 날짜와 시각이 틀렸습니다. 휴대전화 설정에서 맞추고 다시 시도하세요.
record_unreadable = 저장된 기록을 읽을 수 없습니다.
sync_dependants_remain = 이 휴대전화 주인이 돌보는 사람이 있습니다. 그 사람부터 처리하세요.

## SyncRefusal

sync_answer_malformed = 보건 당국의 응답을 읽을 수 없습니다.
sync_index_malformed = 공개 자료 목록을 읽을 수 없습니다.
sync_index_entry_malformed = 공개 자료 목록의 한 줄을 읽을 수 없습니다. 나머지는 그대로 씁니다.
sync_bundle_altered = 공개 자료가 목록과 다릅니다.
sync_bundle_rolled_back = 보건 당국이 이 휴대전화에 있는 것보다 오래된 자료를 내놓았습니다.
sync_bundle_too_large = 공개 자료가 너무 큽니다.
sync_bundle_not_as_listed = 공개 자료의 이름이나 버전이 목록과 다릅니다.
sync_bundle_missing = 공개 자료가 없습니다.
sync_part_missing = 보건 당국이 보관하는 내용 중 일부를 가져오지 못했습니다.
sync_batch_contradicts_itself = 보건 당국이 보낸 여러 코드가 서로 맞지 않습니다.
sync_batch_too_large = 보건 당국이 한 번에 너무 많은 코드를 보냈습니다.
sync_part_too_large = 보건 당국이 보관하는 내용 중 일부가 너무 큽니다.
sync_part_unreadable = 휴대전화에 보관된 내용 중 일부는 더 새로운 버전의 앱이 만든 것입니다.
sync_no_trust_bundle = 발급 기관 목록을 아직 받지 못했습니다.
sync_credential_of_other_device = 다른 휴대전화의 코드입니다.
sync_receipt_of_other_citizen = 다른 사람에 대한 설명입니다.
sync_state_contradicts_itself = 코드와 설명이 서로 맞지 않습니다.
sync_too_long = 보건 당국과 자료를 주고받는 일이 끝나지 않습니다.

## SyncError

sync_base_url_invalid = 보건 당국의 주소가 올바른 https 주소가 아닙니다.
sync_outbox_full = 보낼 양식이 너무 많이 밀려 있습니다. 먼저 인터넷에 연결하세요.
sync_upload_size_refused = 보낼 내용이 비었거나 너무 큽니다.
sync_subject_unknown = 이 휴대전화에 그런 사람이 없습니다.
sync_upload_unknown = 보낼 것 중에 그런 것이 없습니다.
sync_erasure_unknown = 이 휴대전화에 그런 삭제 요청이 없습니다.
sync_erasure_waiting = 보건 당국이 이 삭제를 아직 확인하지 않았습니다.
sync_erasures_full = 확인을 기다리는 삭제가 너무 많습니다.
sync_upload_damaged = 보내려고 기다리는 양식 하나를 읽을 수 없습니다.
sync_store_failed = 휴대전화의 저장소에 문제가 생겼습니다.
sync_port_failed = 앱에 문제가 생겼습니다.

## HttpError

http_roots_invalid = 인증 기관 목록을 읽을 수 없습니다.
http_runtime_failed = 통신 기능을 시작할 수 없었습니다.
http_not_built_in = 이 앱에는 통신 기능이 없습니다.

## StoreError

store_key_unavailable = 휴대전화의 열쇠 보관소가 저장소의 열쇠를 주지 않았습니다. 휴대전화 잠금을 풀고 다시 시도하세요.
store_key_refused = 저장된 자료는 지금 이 휴대전화에 있는 것과 다른 열쇠로 잠겨 있습니다.
store_entropy_unavailable = 휴대전화에서 난수를 얻지 못해 아무것도 저장하지 않았습니다.
store_envelope_missing = 저장된 자료의 열쇠가 담긴 파일이 없습니다.
store_envelope_damaged = 저장된 자료의 열쇠가 담긴 파일이 손상되었습니다.
store_anchor_damaged = 어디까지 저장했는지 적은 파일이 없거나 손상되었습니다.
store_record_altered = 저장된 기록이 손상되었거나 바뀌었습니다.
store_records_lost = 저장된 기록 일부가 없습니다.
store_rolled_back = 저장된 자료가 마지막으로 저장한 것보다 오래되었습니다.
store_damaged = 저장된 자료의 파일이 손상되었습니다.
store_already_open = 저장된 자료가 이미 다른 곳에서 열려 있습니다.
store_disk_full = 휴대전화에 빈 공간이 없습니다. 공간을 비우고 앱을 다시 여세요.
store_io_failed = 휴대전화 저장 장치에 문제가 생겼습니다.
store_writes_stopped = 앞서 저장하지 못했습니다. 앱을 다시 연 뒤 저장하세요.
store_newer_schema = 앱의 새 버전이 저장한 자료입니다. 앱을 업데이트하세요.
store_no_migration = 저장된 자료가 이 버전의 앱에는 너무 오래되었습니다.
store_key_too_long = 기록의 이름이 비었거나 너무 깁니다.
store_record_unreadable = 저장된 기록의 형식을 이 버전의 앱이 모릅니다.
store_value_too_large = 기록이 너무 커서 저장할 수 없습니다.

## SignatureRefusal

request_signature_header_too_long = 서명 헤더가 너무 깁니다.
request_signature_digest_mismatch = 요청 내용이 그 요약값과 다릅니다.
request_signature_malformed = 요청의 서명을 읽을 수 없습니다.
request_signature_components = 서명이 포함해야 할 것을 다 포함하지 않습니다.
request_signature_parameters = 서명의 매개변수가 없거나 모르는 것입니다.
request_signature_algorithm = 받지 않는 서명 방식입니다.
request_signature_key_mismatch = 요청이 다른 열쇠를 가리킵니다.
request_signature_wrong = 요청의 서명이 틀렸습니다.
erasure_receipt_malformed = 삭제 확인증이 아닙니다.
erasure_device_signature_wrong = 확인증에 적힌 내용에 이 휴대전화가 서명하지 않았습니다.
erasure_not_asked = 요청하지 않은 것에 대한 확인증입니다.

## DeviceKeyError

device_key_invalid = 기기 열쇠의 형식을 알 수 없습니다.

## BundleError

bundle_too_large = 자료가 너무 큽니다.
bundle_not_canonical = 자료가 손상되었거나 위조되었습니다.
bundle_wrong_kind = 다른 종류의 자료입니다.
bundle_algorithm_not_allowed = 자료가 허용되지 않은 방식으로 서명되었습니다.
bundle_signer_unknown = 아는 기관이 서명한 자료가 아닙니다.
bundle_signer_key_not_valid = 자료에 서명한 열쇠를 쓸 수 없습니다.
bundle_signature_wrong = 자료가 위조되었거나 손상되었습니다. 서명이 틀렸습니다.
bundle_content_invalid = 자료에 허용되지 않은 값이 있습니다.
bundle_from_future = 자료의 날짜가 미래입니다. 이 기기나 보건 당국의 시계가 틀렸습니다.
bundle_expired = 자료가 오래되었습니다.
bundle_rolled_back = 이 기기에 있는 것보다 오래된 자료입니다.
bundle_delta_gap = 취소된 코드 목록의 앞부분이 여기에 없습니다. 전체 목록을 받으세요.

## PictureError

picture_text_not_alphanumeric = 글이 비었거나 QR 코드의 영숫자 방식에 없는 글자가 있습니다.
picture_text_too_long = 글이 너무 길어 휴대전화에 QR 코드로 보여 줄 수 없습니다.
picture_scale_not_allowed = 한 칸의 크기가 허용 범위를 벗어났습니다.
picture_not_encoded = 그림을 만들 수 없었습니다.

## PdfError

pdf_font_unreadable = 글꼴을 읽을 수 없습니다.
pdf_font_lacks_character = 글꼴에 없는 글자가 있습니다.
pdf_not_made = 쪽을 만들 수 없습니다. 이 글꼴은 파일에 넣을 수 없습니다.

## BindingError

argument_invalid = 앱이 쓸 수 없는 값을 건넸습니다.
closed = 앱이 건강코드를 닫았습니다.
internal_error = 내부에 문제가 생겼습니다. 저장된 것은 그대로 있습니다.

## Appeals

appeal-queued = 휴대전화에 저장됨. 연결되면 한 번만 보냅니다.
    .title = 휴대전화에 저장됨
appeal-sending = 보건 당국이 증거 조각 { $all }개 중 { $sent }개를 받았습니다. 나머지는 이어서 보내며, 두 번 보내지 않습니다.
    .title = 보내는 중
appeal-refused = 받아들여지지 않았습니다: { $reason }
    .title = 받아들여지지 않음
appeal-received = 보건 당국이 이의 신청을 받고 답변 기한에 서명했습니다: { $left }.
    .title = 접수됨
appeal-asked = { $answer }까지 답변 기한이 멈추고 자료를 기다립니다. 그 뒤에는 있는 자료로 결정합니다.
    .title = 자료를 더 보내 주세요
appeal-answering = 보낼 자료가 휴대전화에 저장되었습니다. 연결되면 한 번만 보냅니다.
    .title = 자료를 보내는 중
appeal-overdue = 보건 당국은 { $deadline }까지 답하겠다고 서명했지만 답하지 않았습니다. 접수증이 이를 증명합니다.
    .title = 답변 기한이 지남
appeal-withdrawing = 취소 요청이 휴대전화에 저장되었습니다. 연결되면 한 번만 보냅니다.
    .title = 취소하는 중
appeal-withdrawn = 이 이의 신청을 취소했습니다. 색은 그대로입니다.
    .title = 취소됨
appeal-upheld = 담당자 두 명이 신청한 내용이 맞다고 판단했습니다. 틀린 부분은 고쳤고, 색은 남은 사실에 따라 규칙대로 정해집니다.
    .title = 신청한 내용이 맞습니다
appeal-partly = 담당자 두 명이 신청한 내용이 일부 맞다고 판단했습니다. 그 부분은 고쳤고, 색은 남은 사실에 따라 규칙대로 정해집니다.
    .title = 일부가 맞습니다
appeal-rejected = 담당자 두 명이 살펴보았지만 고칠 것을 찾지 못했습니다.
    .title = 고친 것 없음
appeal-decided = 담당자 두 명이 결정했습니다. 앱을 업데이트하면 결과를 볼 수 있습니다.
    .title = 결정됨
appeal-step-connect = 인터넷에 한 번 연결하세요.
appeal-step-wait = 하실 일은 없습니다.
appeal-step-answer = 요청받은 자료를 보내 주세요.
appeal-step-call = 12320에 전화해 접수증 번호를 말씀하세요.
appeal-step-again = 다시 이의를 신청할 수 있습니다.
appeal-step-see_colour = 색과 그 이유를 확인하세요.
appeal-reason-record_wrong = 색에 영향을 준 기록이 틀렸습니다.
appeal-reason-record_of_another_person = 다른 사람의 기록이 잘못 반영되었습니다.
appeal-reason-record_missing = 색에 반영될 기록이 빠져 있었습니다.
appeal-ask-clearer_picture = 사진을 알아볼 수 없습니다. 더 선명한 사진을 보내 주세요.
appeal-ask-explain_more = 어떤 일이 있었는지 더 자세히 적어 주세요.
appeal-ask-identity_document = 신분을 보여 주는 증명서 사진을 보내 주세요.
appeal-ask-proof_of_stay = 그날 어디에 있었는지 보여 주는 자료를 보내 주세요.
appeal-ask-test_report = 검사 결과지를 보내 주세요.
appeal-ask-vaccination_record = 예방접종 기록을 보내 주세요.
appeal-ask-other = 담당자에게 자료가 더 필요합니다. 12320에 전화해 확인하세요.
appeal-event-received = 이의 신청 접수됨
appeal-event-asked = 자료를 더 요청받음
appeal-event-answered = 보낸 자료 접수됨
appeal-event-withdrawn = 취소됨
appeal-event-decided = 결정됨
appeal-reason-answer_mistaken = 답변 하나가 실수였습니다.
appeal-reason-evidence_convinces = 보내 주신 자료로 사실이 다르다는 것이 확인되었습니다.
appeal-reason-rules_applied_rightly = 기록이 맞고 규칙도 바르게 적용되었습니다.
appeal-reason-evidence_not_enough = 보내 주신 자료로는 기록이 틀렸다고 볼 수 없습니다.
appeal-reason-evidence_not_readable = 보내 주신 자료를 읽을 수 없습니다.
appeal-reason-about_something_else = 색을 정하는 것과 관계없는 내용입니다.
appeal-reason-other = 다른 이유입니다. 담당자의 설명을 보세요.
appeal-limits = 사진이나 PDF를 { $count }개까지, 하나에 { $size } MB까지 보낼 수 있습니다.
appeals-count = { $count ->
        [0] 이의 신청이 없습니다.
       *[other] 이의 신청 { $count }건.
    }
appeals-asked = 이의 신청 { $count }건에 자료가 더 필요합니다.
appeals-new = 이의 신청 { $count }건이 결정되었습니다.
appeals-overdue = 이의 신청 { $count }건의 답변 기한이 지났습니다.
evidence-picture = 사진, { $size } KB
evidence-pdf = PDF 문서, { $size } KB

## EvidenceError

evidence_too_large = 2 MB보다 큽니다. 줄인 뒤 다시 추가하세요.
evidence_too_many = 더 추가할 수 없습니다. 5개까지이며, 보내기를 기다리는 것도 포함됩니다.
evidence_empty = 파일에 아무것도 없습니다.
evidence_heic = HEIC 사진은 어디서나 읽을 수 있는 것이 아닙니다. JPEG로 저장해 다시 추가하세요.
evidence_other_type = 사진(JPEG, PNG)도 PDF도 아닙니다.
evidence_twice = 이미 추가했습니다.
evidence_inconsistent = 도착한 내용이 알린 것과 다릅니다. 다시 신청하세요.
evidence_lost = 증거가 휴대전화에 남아 있지 않습니다. 추가해서 다시 신청하세요.

## AppealError

appeal_unknown = 그런 이의 신청이 없습니다.
appeal_closed = 이미 결정되었거나 취소된 이의 신청입니다.
appeal_open = 아직 답변을 기다리는 이의 신청입니다. 먼저 취소하세요.
appeal_not_asked = 이 이의 신청에는 요청받은 자료가 없거나 자료를 이미 보내는 중입니다.
appeal_too_many_open = 답변을 기다리는 이의 신청이 너무 많습니다. 답변을 기다리거나 하나를 취소하세요.
appeal_not_ours = 보건 당국이 알려 준 이의 신청은 이 사람의 것이 아닙니다.

## BulletinsError

bulletins_malformed = 공지를 읽을 수 없습니다.
bulletins_id_invalid = 공지의 번호가 잘못되었거나 두 번 쓰였습니다.
bulletins_text_invalid = 공지의 글이 비었거나 너무 길거나, 빠진 언어가 있습니다.
bulletins_value_invalid = 공지에 허용되지 않은 값이 있습니다.

## ClinicsError

clinics_malformed = 진료소 목록을 읽을 수 없습니다.
clinics_id_invalid = 진료소 목록의 번호가 잘못되었거나 두 번 쓰였습니다.
clinics_text_invalid = 진료소의 이름이나 주소가 비었거나 너무 길거나, 빠진 언어가 있습니다.
clinics_value_invalid = 진료소 목록에 허용되지 않은 값이 있습니다.
clinics_hours_invalid = 진료 시간이나 특별한 날을 읽을 수 없거나, 휴일 시간이 없습니다.

# Proof of identity

activation_code_too_short = 활성화 코드는 16자입니다. 아직 모자랍니다.
activation_code_too_long = 활성화 코드는 16자입니다. 더 많이 넣었습니다.
activation_code_character_not_used = 활성화 코드에 쓰이지 않는 글자가 있습니다. 코드에는 숫자 3, 4, 6, 7, 9와 B, I, L, O, Q, S, V, Z를 뺀 알파벳만 있습니다.
activation_code_mistyped = 한 글자가 틀렸거나 두 글자의 자리가 바뀌었습니다. 받은 종이와 비교하세요.
identity_policy_malformed = 신원 확인 정책을 읽을 수 없습니다.
identity_policy_ways_invalid = 신원 확인 정책에 방법이 없거나, 너무 많거나, 두 번 쓰였습니다.
identity_policy_value_invalid = 신원 확인 정책에 허용되지 않은 값이 있습니다.
identity_policy_keys_invalid = 신원 확인 정책의 키 모음에 쓸 수 있는 키가 없거나, 쓰면 안 되는 키가 있습니다.
identity_proof_not_known_yet = 이 휴대전화는 보건 당국이 어떤 신원 확인을 받는지 아직 모릅니다. 인터넷에 한 번 연결한 뒤 다시 해 보세요.
identity_proof_kind_not_taken = 보건 당국은 이런 방법의 신원 확인을 받지 않습니다.
identity_proof_unreadable = 신원 확인을 읽을 수 없습니다. 다시 로그인하세요.
identity_proof_code_unknown = 이 이름과 증명서에 맞는 활성화 코드가 없습니다. 코드, 이름, 번호를 받은 종이와 비교하세요.
identity_proof_code_expired = 활성화 코드의 기한이 지났습니다. 주민 창구에서 새 코드를 받으세요.
identity_proof_code_used = 이미 쓴 활성화 코드입니다. 주민 창구에서 새 코드를 받으세요.
identity_proof_code_struck_off = 창구에서 취소한 활성화 코드입니다. 창구에서 새 코드를 받으세요.
identity_proof_issuer_refused = 보건 당국이 받지 않는 곳의 로그인이거나, 그곳이 서명한 것이 아닙니다.
identity_proof_wrong_audience = 건강코드를 위한 로그인이 아닙니다. 여기에서 다시 로그인하세요.
identity_proof_other_device = 다른 휴대전화에서 한 로그인입니다. 이 휴대전화에서 로그인하세요.
identity_proof_expired = 로그인한 지 오래되었습니다. 다시 로그인하세요.
identity_proof_not_yet_valid = 로그인의 시각이 아직 되지 않았습니다. 몇 분 뒤에 다시 해 보세요.
identity_proof_other_person = 신원 확인이 입력한 이름과 증명서의 사람과 다릅니다. 둘을 비교하세요.
moved_by_proof = 다른 휴대전화에서 신원을 확인하셨습니다. 이제 건강코드는 그 휴대전화에 있습니다. 본인이 한 일이 아니라면 증명서를 가지고 보건 당국 창구로 가세요.
taken_over_by_proof = 누군가 이 증명서가 자기 것임을 확인했습니다. 여기에서는 확인된 것이 없어 이 휴대전화의 등록이 끝났습니다. 본인의 증명서라면 그것을 가지고 보건 당국 창구로 가세요.
login_provider_unusable = 여기서는 이 로그인 서비스를 쓸 수 없습니다. 다른 방법으로 신원을 확인하거나 창구에 물어보세요.
login_other = 받은 답은 이번 로그인의 것이 아닙니다. 아무것도 보내지 않았으니 여기서 다시 로그인하세요.
login_declined = 로그인하지 않았거나 동의하지 않으셨습니다. 아무것도 보내지 않았습니다.
login_refused = 로그인 서비스가 로그인을 받아 주지 않았습니다. 나중에 다시 하거나 다른 방법으로 신원을 확인하세요.
login_no_token = 로그인 서비스가 증명을 보내지 않았습니다. 나중에 다시 하거나 다른 방법으로 신원을 확인하세요.
proof-step-prove = 신원 확인하기
proof-code-missing = { $count }자가 모자랍니다
proof-introduction-not_known = 이 휴대전화는 보건 당국이 어떤 신원 확인을 받는지 아직 모릅니다. 인터넷에 한 번 연결하세요.
proof-introduction-required = 다른 사람이 내 증명서로 등록하지 못하도록, 보건 당국은 신원이 확인된 사람만 등록합니다.
proof-introduction-no_code = 신원 확인 없이도 등록할 수 있습니다. 건강코드는 신원을 확인한 뒤에 받습니다.
proof-introduction-compare = 신원을 확인하지 않으면 확인하는 곳에서 건강코드와 증명서를 비교합니다. 확인하면 새 휴대전화로 직접 옮길 수도 있습니다.
proof-introduction-optional = 여기에서는 신원 확인이 없어도 됩니다. 확인하면 다른 사람이 내 증명서를 쓸 수 없고, 새 휴대전화로 직접 옮길 수 있습니다.
proof-not_registered = 등록하지 않음
    .text = 등록하면서 신원을 확인해도 되고, 나중에 해도 됩니다.
    .spoken = 신원 확인: 아직 등록하지 않았습니다.
proof-unproven = 신원 미확인
    .text = 신원을 확인하세요. 그러면 다른 사람이 내 증명서를 쓸 수 없고, 새 휴대전화로 직접 옮길 수 있습니다.
    .spoken = 신원 확인: 아직 하지 않았습니다.
proof-waiting = 신원 확인을 아직 보내지 않음
    .text = 신원 확인이 이 휴대전화에 저장되어 있습니다. 인터넷에 연결되면 한 번 보냅니다.
    .spoken = 신원 확인: 인터넷 연결을 기다립니다.
proof-refused = 신원 확인이 받아들여지지 않음
    .text = 보건 당국이 이 신원 확인을 받지 않았습니다. 다시 해 보거나 주민 창구에 문의하세요.
    .spoken = 신원 확인: 받아들여지지 않았습니다. 이유를 보세요.
proof-moved = 다른 휴대전화로 옮김
    .text = 다른 휴대전화에서 신원을 확인했습니다. 건강코드는 이제 그 휴대전화에 있습니다.
    .spoken = 이 휴대전화는 더 이상 쓰이지 않습니다. 다른 휴대전화로 옮겼습니다.
proof-taken_over = 등록이 끝남
    .text = 다른 사람이 이 증명서가 자신의 것임을 확인받았습니다.
    .spoken = 이 휴대전화의 등록이 끝났습니다. 이유를 보세요.
proof-needs_desk = 창구로 가세요
    .text = 신원 확인이 이미 있는 등록과 맞지 않습니다. 가지고 있는 증명서를 모두 가지고 보건 당국 창구로 가세요.
    .spoken = 신원 확인: 증명서를 가지고 보건 당국 창구로 가세요.
proof-proven = 신원 확인됨
    .text = 새 휴대전화에서 같은 방법으로 신원을 확인하면 건강코드가 그리로 옮겨지고, 이 휴대전화에서는 끝납니다.
    .spoken = 신원 확인: 확인되었습니다.
proof-way-activation_code = 주민 창구의 활성화 코드
    .text = 증명서를 가지고 주민 창구로 가세요. 16자 코드를 받아 입력하거나 네모 그림을 찍으세요. 한 번만 쓸 수 있습니다.
proof-way-oidc = 로그인
    .text = 실명 계정으로 로그인하세요. 로그인은 이름과 증명서만 보건 당국에 알립니다.
proof-way-host_assertion = 이 앱으로 확인
    .text = 지금 쓰고 있는 앱이 실명을 압니다. 동의하시면 앱이 보건 당국에 알립니다.

## 방문자: 여권, 입국, 다른 지역

document-residence-81 = 홍콩 주민 거주증
document-residence-82 = 마카오 주민 거주증
document-residence-83 = 타이완 주민 거주증
name-same = 이름이 같습니다.
name-same_as_far_as_shown = 증명서에 적힌 데까지는 이름이 같습니다.
name-differs = 이름이 다릅니다. 증명서와 비교하세요.
name-cannot_tell = 이 이름들은 사람만 비교할 수 있습니다. 둘 다 보세요.
mrz-place = { $line }번째 줄, { $column }번째 글자
mrz-corrected = { $line }번째 줄 { $column }번째 글자: { $read } 대신 { $taken }(으)로 읽었습니다.
mrz-sound = 증명서를 읽었습니다
    .spoken = 증명서를 읽었습니다. 검사 숫자가 맞습니다.
    .step = 증명서와 비교한 뒤 계속하세요.
mrz-expired = 만료된 증명서입니다
    .spoken = 증명서를 읽었습니다. 만료되었습니다.
    .step = 더 새로운 증명서를 쓰거나 창구에 문의하세요.
mrz-check = 맞지 않는 곳이 있습니다
    .spoken = 줄을 읽었지만 맞지 않는 곳이 있습니다.
    .step = 표시된 곳을 증명서와 비교하거나 다시 읽으세요.
mrz-unread = 읽은 증명서가 없습니다
    .spoken = 읽은 증명서가 없습니다.
    .step = 아래의 두 줄 또는 세 줄에 카메라를 대거나 입력하세요.
entry-not_a_visitor = 신고할 입국이 없습니다
    .spoken = 신고할 입국이 없습니다.
    .step = 할 일이 없습니다.
entry-to_declare = 입국을 신고하세요
    .spoken = 아직 입국을 신고하지 않았습니다.
    .step = 입국 신고서를 작성하세요.
entry-waiting = 입국 신고 저장됨, 아직 보내지 않음
    .spoken = 입국 신고가 여기에 저장되었고 연결되면 한 번 보냅니다.
    .step = 한 번 연결하세요.
entry-refused = 입국 신고가 받아들여지지 않음
    .spoken = 입국 신고가 받아들여지지 않았습니다.
    .step = 이유를 보고 다시 작성하세요.
entry-running = 입국 신고 완료
    .spoken = 입국을 신고했습니다. 매일 건강을 계속 신고하세요.
    .step = 오늘의 건강을 신고하세요.
entry-done = 신고를 모두 마쳤습니다
    .spoken = 신고를 모두 마쳤습니다. 코드는 초록색입니다.
    .step = 할 일이 없습니다.
elsewhere-step-admitted = 들어갈 수 있습니다.
elsewhere-step-not_admitted = 이 색으로는 들어갈 수 없습니다. 떠나기 전에 그 지역에 문의하세요.
elsewhere-same = { $region }에서도 { $there }
elsewhere-mapped = 여기서는 { $own }, { $region }에서는 { $there } (규칙 { $rule })
elsewhere-spoken = 내 코드는 { $region }에서 { $there }입니다. { $step }
door-same = 이 코드: { $own }
door-mapped = { $own }: 여기서는 { $here } (규칙 { $rule })
door-spoken = 코드: { $own }. 여기서는 { $here }. { $step }

## EU certificates

dcc_text_too_long = 인증서라기에는 글이 너무 깁니다.
dcc_not_a_certificate = 이 코드는 EU 인증서가 아닙니다.
dcc_text_damaged = 인증서의 글이 손상되었습니다. 다시 스캔하세요.
dcc_compression_damaged = 인증서의 압축을 풀 수 없습니다. 다시 스캔하세요.
dcc_too_large = 인증서에 들어갈 수 있는 것보다 내용이 많습니다.
dcc_compression_trailing = 인증서 뒤에 다른 내용이 붙어 있습니다.
dcc_cbor_damaged = 인증서의 내용이 손상되었습니다.
dcc_cbor_trailing = 인증서 내용 뒤에 다른 데이터가 붙어 있습니다.
dcc_length_indefinite = 여기서 읽지 않는 형식입니다. 길이가 정해져 있지 않습니다.
dcc_key_repeated = 인증서에 같은 항목이 두 번 있습니다.
dcc_too_deep = 인증서의 구조가 지나치게 깊습니다.
dcc_value_unknown = 인증서에 있을 수 없는 값이 있습니다.
dcc_tag_wrong = 인증서가 다른 것으로 표시되어 있습니다.
dcc_not_signed = 서명된 인증서의 구성이 아닙니다.
dcc_header_critical = 인증서가 여기서 알 수 없는 것을 요구합니다.
dcc_algorithm_missing = 인증서에 서명 방식이 적혀 있지 않습니다.
dcc_algorithm_not_allowed = 인증서의 서명 방식은 인정되지 않습니다.
dcc_kid_missing = 어느 키로 서명했는지 인증서에 없습니다.
dcc_content_missing = 서명만 있고 내용이 없습니다.
dcc_signature_encoded = 서명이 인증서와 다른 형식으로 적혀 있습니다.
dcc_signature_length = 서명의 길이가 맞지 않습니다.
dcc_claims_malformed = 인증서의 내용이 인증서의 형식이 아닙니다.
dcc_issuer_invalid = 인증서에 발급 국가가 없습니다.
dcc_time_invalid = 인증서에 시작과 끝 시각이 없습니다.
dcc_times_contradict = 인증서가 발급되기 전에 끝납니다.
dcc_certificate_missing = 안에 건강 인증서가 없습니다.
dcc_version_unknown = 이 버전이 모르는 형식의 인증서입니다.
dcc_kind_missing = 백신 접종, 검사, 회복 중 어느 것도 아닙니다.
dcc_several_entries = 인증서 하나에 여러 항목이 있습니다.
dcc_field_missing = 인증서에 빠진 항목이 있습니다.
dcc_field_invalid = 인증서의 한 항목이 맞지 않는 형식입니다.
dcc_name_invalid = 인증서의 이름이 규정대로 적혀 있지 않습니다.
dcc_birth_date_invalid = 인증서의 생년월일이 맞지 않습니다.
dcc_date_invalid = 인증서의 날짜가 맞지 않습니다.
dcc_disease_other = 다른 질병에 관한 인증서입니다.
dcc_no_trust_list = 이 휴대폰에 아직 발급 기관 목록이 없습니다. 한 번 연결하세요.
dcc_key_unknown = 서명했다는 키가 목록에 없습니다.
dcc_key_withdrawn = 서명한 키가 목록에서 빠졌습니다.
dcc_key_of_another_country = 키가 인증서에 적힌 나라의 것이 아닙니다.
dcc_key_of_another_algorithm = 다른 서명 방식의 키입니다.
dcc_signature_wrong = 서명이 맞지 않습니다. 인증서가 바뀌었거나 다른 키로 서명되었습니다.
dcc_key_not_valid = 키가 서명 때 쓰이지 않았거나 이제 쓰이지 않습니다.
dcc_key_not_for_kind = 이 키는 이런 종류의 인증서에 서명할 수 없습니다.
dcc_issued_in_future = 아직 오지 않은 시각의 인증서입니다. 휴대폰 시계가 맞습니까?
dcc_expired = 인증서의 기한이 지났습니다.
dcc_no_rules = 인증서를 인정하는 규칙이 아직 없습니다.
dcc_not_accepted = 이 지역의 규칙으로는 인정되지 않습니다.
dcc_rule_failed = 적용할 수 없는 규칙이 있어 인정되지 않습니다. 앱을 업데이트하면 될 수도 있습니다.
dcc_presented_by_another = 다른 사람이 이 인증서를 먼저 제출했습니다. 인증서와 신분증을 가지고 창구로 가세요.
dcc_names_not_confirmed = 이름이 같지 않습니다. 두 이름을 비교하고 본인의 인증서인지 확인하세요.
dcc_too_many = 더는 보관할 수 없습니다. 먼저 하나를 지우세요.
dcc_unknown = 그런 인증서가 없습니다.
dcc_nothing_to_decide = 이 인증서의 이름은 결정을 기다리고 있지 않습니다.
dcc_part_unreadable = 인증서에 관한 당국의 답을 읽을 수 없습니다. 전에 알던 내용이 남습니다.
dcc_list_malformed = 인증서에 관한 목록을 읽을 수 없습니다.
dcc_list_value_invalid = 목록의 이름, 버전 또는 개수가 맞지 않습니다.
dcc_list_key_invalid = 목록에 쓸 수 없는 키가 있습니다.
dcc_list_rule_invalid = 목록에 쓸 수 없는 규칙이 있습니다.
dcc_list_text_invalid = 목록에 비었거나 너무 길거나 영어나 중국어가 없는 글이 있습니다.

dcc-none = 보관된 EU 인증서가 없습니다.
dcc-some = 이 휴대폰에 보관된 EU 인증서입니다.
dcc-some-unchecked = 이 휴대폰에 보관된 EU 인증서입니다. 발급 기관 목록이 있어야 확인됩니다. 한 번 연결하세요.
dcc-kind-vaccination = EU 백신 접종 인증서
dcc-kind-test = EU 검사 인증서
dcc-kind-recovery = EU 회복 인증서
dcc-status-counts = 서명이 맞으며 이 지역에서 인정됩니다.
dcc-status-not_accepted = 서명은 맞지만 이 지역에서 인정되지 않습니다.
dcc-status-no_rules = 서명은 맞습니다. 여기서 인정되는지는 아직 알 수 없습니다.
dcc-status-unchecked = 아직 확인되지 않았습니다.
dcc-status-key_unknown = 발급 기관을 여기서 알 수 없습니다.
dcc-status-key_withdrawn = 발급 기관의 키가 철회되어 더는 인정되지 않습니다.
dcc-status-expired = 기한이 지났습니다.
dcc-status-refused = 인정할 수 없습니다.
dcc-status-unreadable = 읽지 못했습니다.
dcc-sent-waiting = 저장되었습니다. 휴대폰이 연결되면 제출됩니다.
dcc-sent-refused = 당국이 받지 않았습니다.
dcc-sent-received = 당국이 받았습니다.
dcc-sent-at_desk = 당국이 받았습니다. 이름이 같지 않아 담당자가 먼저 확인합니다.
dcc-sent-agreed = 당국이 받았습니다. 담당자가 본인의 것으로 확인했습니다.
dcc-sent-not_ours = 담당자가 본인의 것이 아니라고 보았습니다. 인정되지 않습니다.
dcc-step-keep = 이 휴대폰에 보관하세요.
dcc-step-submit = 제출하면 건강코드에 반영됩니다.
dcc-step-compare = 두 이름을 비교하세요. 본인의 인증서라면 확인하고 제출하세요. 그 뒤 담당자가 살펴봅니다.
dcc-step-connect = 휴대폰을 한 번 연결하세요.
dcc-step-wait = 기다리세요. 결과가 여기에 표시됩니다.
dcc-step-desk = 잘못이라고 생각되면 신분증과 인증서를 가지고 창구로 가세요.
dcc-step-ask_issuer = 발급한 곳에 새 인증서를 요청하세요.
dcc-step-register = 먼저 등록하세요. 그 뒤 제출할 수 있습니다.
dcc-step-none = 할 일이 없습니다.
dcc-part-surname = 성
dcc-part-given_names = 이름
dcc-part-birth_date = 생년월일
dcc-names-same = 같음
    .all = 이름이 같습니다.
dcc-names-differ = 다름
    .all = 이름이나 생년월일이 등록된 것과 다릅니다.
dcc-names-open = 비교할 수 없음
    .all = 이름을 기계로 비교할 수 없어 사람이 비교합니다.
dcc-line-product = 백신
dcc-line-vaccine = 백신 종류
dcc-line-maker = 제조사
dcc-line-dose = 접종 차수
dcc-line-day = 접종일
dcc-line-test = 검사 종류
dcc-line-test-name = 검사 이름
dcc-line-test-maker = 검사 제품
dcc-line-sampled = 검체 채취
dcc-line-result = 결과
dcc-line-centre = 검사 기관
dcc-line-first-positive = 첫 양성 검사
dcc-line-from = 시작일
dcc-line-until = 종료일
dcc-line-country = 국가
dcc-line-issuer = 발급 기관
dcc-line-identifier = 인증서 번호
dcc-line-expires = 서명 기한
dcc-test-naat = 핵산 검사
dcc-test-antigen = 신속 항원 검사
dcc-result-detected = 검출됨
dcc-result-not_detected = 검출되지 않음
dcc-dose = { $of }차 중 { $dose }차

## PaperError

paper_days_out_of_range = 이곳에서는 그 날수의 종이를 만들지 않습니다.
paper_not_green = 종이는 건강코드가 초록일 때 만듭니다. 지금은 초록이 아닙니다.
paper_too_many_today = 오늘은 더 이상 종이를 만들지 않습니다. 내일 다시 신청하세요.
paper_key_too_short = 지금은 그렇게 긴 기간의 종이를 만들 수 없습니다. 날수를 줄여 신청하세요.
paper_sheets_unreadable = 종이에 대한 발급 기관의 답을 읽을 수 없습니다. 전에 알던 것은 그대로 남습니다.

## 종이 코드

paper-sheet-good = 입구에서 증명서와 함께 보일 수 있는 종이입니다.
paper-sheet-replaced = 더 새로운 종이가 이 종이를 대신합니다.
paper-sheet-revoked = 이 종이는 끝냈습니다.
paper-sheet-ended = 건강코드가 바뀌었거나 다른 휴대전화로 옮겨서 이 종이는 끝났습니다. 새로 신청할 수 있습니다.
paper-sheet-over = 마지막 날이 지난 종이입니다.
paper-sheet-other = 쓸 수 없는 종이입니다.
paper-advice-document = 입구에서 이름과 끝자리를 증명서와 견주니, 둘 다 가지고 다니세요.
paper-advice-newer = 더 새로운 종이가 나오거나 건강코드가 바뀌면 이 종이는 바로 끝납니다.
paper-advice-lost = 잃어버렸다면 여기서 끝내거나 만든 곳에서 끝내 달라고 하세요. 복사본도 종이와 똑같이 읽힙니다.
paper-waiting-request = 여기에 저장했습니다. 이 휴대전화가 연결되면 종이를 만듭니다.
paper-waiting-end = 여기에 저장했습니다. 이 휴대전화가 연결되면 종이가 끝납니다.
paper-status-none = 쓸 수 있는 종이 코드가 없습니다.
paper-status-asked = 종이 코드를 신청했습니다.
paper-status-counts = 종이 코드는 { $day }까지 쓸 수 있습니다.
paper-status-ending = 종이 코드를 끝내는 중입니다.
paper-step-ask = 여기에서 신청하거나 창구에서 받으세요.
paper-step-connect = 휴대전화를 인터넷에 한 번 연결하세요.
paper-step-carry = 신분증과 함께 지니세요.
dependants-none = 이 휴대전화에서 돌보는 사람이 없습니다. 어린이나 어르신도 여기에서 자신의 건강 코드를 가질 수 있습니다.
dependants-some = 이 휴대전화에서 돌보는 사람들이며, 각자 자신의 건강 코드가 있습니다.
dependants-waiting = 당국의 답변을 기다리는 사람이 있습니다. 인터넷에 연결하세요.
care-state-waiting = 신청했으며, 당국이 아직 답하지 않았습니다.
care-state-refused = 아직 동의를 받지 못했습니다.
care-state-in_care = 이 휴대전화에서 돌보고 있습니다.
care-state-ended = 이 휴대전화에서 더 이상 돌보지 않습니다.
care-key-hardware = 이 사람의 코드 키는 이 휴대전화의 하드웨어에 있습니다.
care-key-store = 이 사람의 코드 키는 이 앱의 암호화된 저장소에 있습니다.
care-next-waiting = 인터넷에 연결하세요.
care-next-refused = 상대방이 보여 주는 코드를 입력하거나 당국 창구에 문의하세요.
care-next-ended = 이 휴대전화에서 삭제하거나, 상대방의 코드로 다시 신청하세요.
care-code-waiting = 인터넷에 연결하세요. 당국에 알린 뒤에 코드를 사용할 수 있습니다.
care-code-for_carer = 다른 보호자가 이 코드를 스캔하거나 입력하게 하세요. 한 번만 쓸 수 있습니다.
care-code-for_phone = 본인의 휴대전화에서 등록할 때 이 코드를 스캔하거나 입력하세요. 한 번만 쓸 수 있습니다.
care-code-over = 이 코드는 더 이상 쓸 수 없습니다. 새 코드를 보여 주세요.
code-shown-before = 전에 보여 준 코드입니다. 여러 곳이 스캔한 것을 모으면 두 번 모두 이 휴대전화였음을 알 수 있습니다.
group-title = { $name }, { $count }명 중 { $position }번째
care_code_mistyped = 보여 준 코드와 다릅니다. 글자와 숫자를 하나씩 다시 확인하세요.
care_birth_date_invalid = 생년월일이 없거나 증명서와 다릅니다.
care_too_many_on_phone = 한 휴대전화에서 더 많은 사람을 돌볼 수 없습니다.
care-ends = 곧 성년이 되거나 이미 성년입니다. 이 휴대전화에서의 돌봄은 { $date }에 끝납니다. 그 전에 본인 휴대전화용 코드를 보여 주세요.
carer-this_phone = 나, { $date }부터
carer-other_phone = 다른 보호자, { $date }부터
carer-this_phone-moved = 나, { $date }부터. { $moved }부터 이 휴대전화를 사용
carer-other_phone-moved = 다른 보호자, { $date }부터. { $moved }부터 다른 휴대전화를 사용

# The chain of changes

chain-whole = 기관이 알린 모든 색상 변경이 여기 있으며 모두 맞습니다.
chain-alarms_read = 기관이 알린 모든 색상 변경이 여기 있습니다. 맞지 않는 점은 읽으셨으며 아래에 있습니다. 확인되었다고 표시된 변경은 맞습니다.
chain-alarmed = 색상 변경에 맞지 않는 점이 있습니다.
chain-incomplete = 색상 변경이 아직 모두 도착하지 않았습니다. 다시 연결하세요.
chain-not_by_authority = 이 기관은 변경 기록을 두지 않습니다.
change-verified = 확인됨
change-alarmed = 맞지 않음
change-not_now = 아직 확인되지 않음: 한 번 연결하세요
change-not_by_this_version = 이 버전의 앱으로는 읽을 수 없음
change-lost = 기관이 잃은 기록
chain-by-officers = 담당자 두 명의 명령: { $first }, { $second }
chain-by-rule = 공개된 규칙 { $rule }에 따름
chain-next = 보건 당국에 전화하여 이 화면의 내용을 알려 주세요.
chain-next-restored = 나에게 중요한 변경이 빠져 있으면 보건 당국에 전화하세요.
chain-alarm-silent_change = 변경 기록 없이 색상이나 사유가 바뀌었습니다.
chain-alarm-gap = 변경 기록에 빠진 항목이 있습니다.
chain-alarm-fork = 기관이 이 휴대전화가 본 것과 다른 변경 기록을 보여 줍니다.
chain-alarm-shortened = 기관이 이 휴대전화가 본 것보다 적은 변경을 보여 줍니다.
chain-alarm-withdrawn = 기관이 더 이상 변경 기록을 보여 주지 않습니다.
chain-alarm-second_signature_missing = 색상에 관한 명령에 담당자 두 명의 서명이 없습니다. 삭제된 뒤 다시 등록했다면 이전 명령이 서명 없이 함께 온 것입니다.
chain-alarm-same_officer = 색상에 관한 명령에 한 담당자이 두 번 서명했습니다.
chain-alarm-signature_wrong = 색상에 관한 명령의 서명이 맞지 않습니다.
chain-alarm-officer_unknown = 색상에 관한 명령에 서명한 담당자이 공개된 명단에 없습니다.
chain-alarm-officer_not_valid = 색상에 관한 명령에 서명할 때 담당자의 키를 쓸 수 없는 때였습니다.
chain-alarm-reason_not_for_colour = 색상에 관한 명령의 사유가 색상과 맞지 않습니다.
chain-alarm-reason_unknown = 색상에 관한 명령의 사유를 이 버전의 앱이 알지 못합니다. 앱이 최신이라면 그런 사유는 없습니다.
chain-alarm-order_of_other = 내 변경 기록에 다른 사람의 명령이나 항목이 있습니다.
chain-alarm-order_unreadable = 색상에 관한 명령을 읽을 수 없습니다.
chain-alarm-restored = 기관이 이전 상태로 복구되어 이 휴대전화가 가진 변경을 잃었습니다.
chain-alarm-other = 새 버전의 앱이 색상 변경에 관해 무언가를 발견했습니다.

# 검사 결과와 예방접종

results-none = 검사 결과나 예방접종 기록이 없습니다.
results-none_count = 지금 인정되는 결과는 없습니다. 이전 결과는 아래에 있습니다.
results-clock-never_set = 이 휴대폰의 시계가 맞지 않아 남은 시간을 보여 줄 수 없습니다. 한 번 연결하세요.
results-clock-own = 남은 시간은 이 휴대폰의 시계로 셉니다. 정확하지 않을 수 있으니 한 번 연결하세요.
result-over = 인정 기간이 지났습니다.
result-withdrawn = 검사 기관이 철회함
result-negative = 음성
result-positive = 양성
result-pending = 아직 결과 없음
result-inconclusive = 검체로 판정할 수 없음
result-vaccinated = 접종함
result-other = 이 버전에서 설명할 수 없는 결과
result-kind-nucleic_acid = 핵산 검사
result-kind-antigen = 항원 검사
result-kind-antibody = 항체 검사
result-kind-vaccination = 예방접종
result-kind-other = 다른 검사
result-fact-negative = 규칙은 이 음성 검사의 날짜를 봅니다.
result-fact-positive = 규칙은 이 양성 검사의 날짜를 봅니다.
result-fact-vaccinated = 규칙은 이 접종의 날짜를 봅니다.
result-step-connect = 한 번 연결하면 결과가 자동으로 옵니다.
result-step-test_again = 다시 검사를 받으세요.
result-step-see_colour = 색과 그 이유를 보세요. 결과가 틀렸거나 본인 것이 아니면 거기에서 이의를 제기하세요.
result-step-call = 12320에 전화해 뜻을 물어보세요.
result-step-update = 앱을 업데이트해서 확인하세요.
way-test = 그 뒤 날짜의 음성 검사를 검사 기관이 보고하면 더 빨라집니다.
why-report-appeal = { $what }: 이의 신청 { $report }에 대한 담당자 두 명의 결정으로 추가되었습니다.
why-report-exposure = 접촉 또는 체류 종료
why-report = { $what }의 날짜는 검사 기관의 보고 { $report }에서 왔습니다. 검사 결과를 보세요.
why-report-negative = 음성 검사
why-report-positive = 양성 검사
why-report-recovered = 완치
why-report-vaccinated = 예방접종
result_unknown = 그런 결과가 없습니다.
results_unreadable = 기관이 보낸 결과를 읽을 수 없습니다.
result_not_verified = 이 사람에 대한 기관의 서명이 없는 결과가 있습니다.
laboratory_unknown = 이 번호의 검사 기관은 여기에 보고할 수 없습니다.
laboratory_not_valid = 이 검사 기관은 지금 보고할 수 없습니다.
report_signature_wrong = 검사 기관이 서명하지 않은 보고입니다.
report_malformed = 정해진 형식의 보고가 아닙니다.
report_other_authority = 다른 기관에 보내는 보고입니다.
report_count = 보고에 결과가 없거나 너무 많습니다.
result_id_reused = 이 번호와 버전은 다른 내용으로 이미 보고되었습니다.
result_version_not_next = 최신 버전의 다음 버전이 아닙니다.
result_other_document = 이전 버전은 다른 신분증의 것입니다.
result_in_future = 검체 채취 시각이 아직 오지 않았습니다.
result_too_old = 검체가 너무 오래되어 보고할 수 없습니다.
result_field_invalid = 결과에 있을 수 없는 값이 있습니다.
result_kind_not_allowed = 이 검사 기관은 이 종류를 보고할 수 없습니다.
result_document_refused = 이런 신분증의 번호가 아닙니다.
laboratories_invalid = 검사 기관 목록에 있을 수 없는 값이 있습니다.
problem-laboratory_refused = 검사 기관의 보고가 거절됨
result-until = { $moment }까지
result-sampled = 검체 채취 { $time }
result-given = 접종 { $time }
result-reported = 보고 { $time }
result-dose = { $number }차 접종
result-dose-of = 총 { $of }회 중 { $number }차 접종
result-earlier = 이전: { $outcome }, 보고 { $time }
results-some = 인정되거나 기다리는 결과 { $count }건.
results-unverified = 이 사람에 대한 기관의 서명이 없는 결과 { $count }건이 왔습니다. 보여 주지 않고 다시 요청합니다.
notice-new_results = 새 결과 { $count }건이 왔습니다.
