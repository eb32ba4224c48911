# The checkpoint program's texts, English. Ids are the same in every language.

## FileError

trust_file_unreadable = The trust bundle file cannot be read.
status_file_unreadable = The status list file cannot be read.
picture_file_unreadable = The picture file cannot be read.
input_unreadable = The standard input cannot be read.
papers_seen_file_unreadable = The list of sheets that were seen cannot be read.
papers_seen_file_unwritable = The list of sheets that were seen cannot be written.

## ReadingError

picture_too_large = The picture is too large.
no_code_in_picture = The picture holds no readable code.
picture_unreadable = The file is not a readable PNG or JPEG picture.
picture_is_heic = This is a HEIC picture, which cannot be read here. Save it as JPEG, or set the phone to take JPEG (iPhone: Settings, Camera, Formats, Most Compatible), or take a screenshot.
several_codes_in_picture = The picture holds several different health codes. Take a picture of one of them.

## Notice

status_unknown = Whether this code was revoked was not checked: there is no status list of its issuer that is new enough.
status_file_left_out = This status file is left out.
papers_seen_left_out = This list of sheets is left out.
