# The checkpoint program's texts, English. Ids are the same in every language.

## FileError

trust_file_unreadable = The trust bundle file cannot be read.
status_file_unreadable = The status list file cannot be read.
picture_file_unreadable = The picture file cannot be read.
input_unreadable = The standard input cannot be read.

## ReadingError

picture_too_large = The picture is too large.
picture_not_png = The file is not a readable PNG picture.
no_code_in_picture = The picture holds no readable code.
