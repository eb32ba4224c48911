# 时刻和日期的中文写法。$time 为一天中的时间，如 09:40。

yesterday = 昨天 { $time }
tomorrow = 明天 { $time }
on-weekday = { $weekday } { $time }
on-day = { $month }{ $day }日 { $time }
on-day-of-year = { $year }年{ $month }{ $day }日 { $time }
day = { $month }{ $day }日
day-of-year = { $year }年{ $month }{ $day }日
deadline = { $moment }（{ $left }）
left-minutes = 还有 { $count } 分钟
left-hours = 还有 { $count } 小时
left-days = 还有 { $count } 天
passed = 已过期限

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
