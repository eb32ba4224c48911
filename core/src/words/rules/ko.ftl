# 공개된 규칙을 말로 풀어 쓴 것: 조건이 맞는 동안 그 색입니다.

rule = 다음 조건이 맞는 동안 { $colour }: { $condition }.
unnamed = 규칙 모음 { $id }, 버전 { $version }
and = { $left }, 그리고 { $right }
or = { $left }, 또는 { $right }

order = 담당자가 내린 결정이 있음
order-colour = 담당자가 결정한 색: { $colour }
order-lifted = 담당자가 조치를 해제함
order-reason = 결정의 이유가 다음 중 하나: { $reasons }
reasons = { $left }, { $right }
no-declaration = 건강 신고가 없음
declaration = 건강 신고가 있음
check-ins-below = 이어서 한 매일 건강 체크가 { $count }일 미만
days-below = 그 뒤 { $count }일이 지나지 않음
no-other = 빨간색과 노란색의 어느 규칙에도 맞지 않음

declared-entry = 해외에서 입국했다고 신고했고
declared-negativeTest = 음성 검사를 신고했고
declared-positiveTest = 양성 검사 기록이 있고
no-entry = 입국 신고가 없고
not-tested = 입국 후의 음성 검사가 없고
not-tested-since = 그 뒤 날짜의 음성 검사를 보고한 검사 기관이 없고
tested-since = 검사 기관이 그 뒤 날짜의 음성 검사를 보고했고
stayed-in = 입국 전 14일 동안 다음 국가 중 한 곳에 머물렀고: { $countries }
declared-contact = 확진자와 접촉했다고 신고함
declared-fever = 열이 있다고 신고함
declared-highRiskStay = 고위험 지역에 머물렀다고 신고함
declared-symptoms = 증상이 있다고 신고함

reason-clear = 기록 없음
reason-not_declared = 신고 없음
reason-symptoms_declared = 증상 신고
reason-fever = 발열
reason-close_contact = 밀접 접촉
reason-confirmed = 확진
reason-suspected = 의심
reason-asymptomatic = 무증상 감염
reason-high_risk_place = 고위험 지역
reason-medium_risk_place = 중위험 지역
reason-arrived_from_abroad = 해외 입국
reason-check_ins_running = 건강 체크 미완료
reason-test_overdue = 검사 기한 지남
reason-exposure_matched = 감염 발생 장소
reason-measure_lifted = 조치 해제
reason-error_corrected = 잘못 바로잡음
