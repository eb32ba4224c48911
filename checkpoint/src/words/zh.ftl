# 查验程序的文本，简体中文。各语言的编号相同。

## FileError

trust_file_unreadable = 无法读取信任包文件。
status_file_unreadable = 无法读取状态列表文件。
picture_file_unreadable = 无法读取图片文件。
input_unreadable = 无法读取标准输入。
papers_seen_file_unreadable = 无法读取已见纸质码清单。
papers_seen_file_unwritable = 无法写入已见纸质码清单。

## ReadingError

picture_too_large = 图片过大。
no_code_in_picture = 图片中没有可识别的二维码。
picture_unreadable = 该文件不是可读取的 PNG 或 JPEG 图片。
picture_is_heic = 这是 HEIC 图片，此处无法读取。请另存为 JPEG，或将手机设为拍摄 JPEG（iPhone：设置、相机、格式、兼容性最佳），或改用截屏。
several_codes_in_picture = 图片中有多个不同的健康码。请只拍其中一个。

## Notice

status_unknown = 未核查此码是否已被吊销：没有其签发机构的足够新的状态列表。
status_file_left_out = 此状态文件未被采用。
papers_seen_left_out = 此纸质码清单未被采用。
