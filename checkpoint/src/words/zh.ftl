# 查验程序的文本，简体中文。各语言的编号相同。

## FileError

trust_file_unreadable = 无法读取信任包文件。
status_file_unreadable = 无法读取状态列表文件。
picture_file_unreadable = 无法读取图片文件。
input_unreadable = 无法读取标准输入。

## ReadingError

picture_too_large = 图片过大。
picture_not_png = 文件不是可读取的 PNG 图片。
no_code_in_picture = 图片中没有可识别的二维码。
