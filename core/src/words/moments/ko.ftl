# 시각과 날짜의 한국어 표기. $time은 하루 중의 시각, 예: 09:40.

yesterday = 어제 { $time }
tomorrow = 내일 { $time }
on-weekday = { $weekday } { $time }
on-day = { $month } { $day }일 { $time }
on-day-of-year = { $year }년 { $month } { $day }일 { $time }
day = { $month } { $day }일
day-of-year = { $year }년 { $month } { $day }일
deadline = { $moment } ({ $left })
left-minutes = { $count }분 남음
left-hours = { $count }시간 남음
left-days = { $count }일 남음
passed = 기한 지남

weekday-1 = 월요일
weekday-2 = 화요일
weekday-3 = 수요일
weekday-4 = 목요일
weekday-5 = 금요일
weekday-6 = 토요일
weekday-7 = 일요일

month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월
