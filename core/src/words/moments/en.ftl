# Moments and days as English writes them. $time is the time of the day, such as 09:40.

yesterday = yesterday { $time }
tomorrow = tomorrow { $time }
on-weekday = { $weekday } { $time }
on-day = { $day } { $month } { $time }
on-day-of-year = { $day } { $month } { $year } { $time }
day = { $day } { $month }
day-of-year = { $day } { $month } { $year }
deadline = { $moment } ({ $left })
left-minutes = { $count } min
left-hours = { $count } h
left-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
passed = passed

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
