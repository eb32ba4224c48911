//! Han characters that have two code points: a provisional or compatible one, and the one that everybody has by now.
//!
//! Invariant: a character that has one place in Unicode keeps it. What GB 18030 once kept in the private-use area gets
//! the code point that its edition of 2022 names (U+E863 is \u{4dae}, 䶮); Kangxi radicals, which documents made for
//! printing hold in place of characters, become these. Other private-use code points are nobody's here: the caller
//! refuses them.

/// First of the private-use code points of GBK's row FE that GB 18030 has moved since.
const FIRST_PRIVATE: u32 = 0xe815;
/// Their places today, from [`FIRST_PRIVATE`] on (GB 18030-2022, Unicode's `gb-18030-2022.ucm`).
const MOVED: &str = "\
     ⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
     䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";
/// First Kangxi radical.
const FIRST_RADICAL: u32 = 0x2f00;
/// The characters that they are (Unicode's compatibility decompositions of U+2F00 to U+2FD5).
const RADICALS: &str = "\
     一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
     寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋\
     比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
     缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
     辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
     黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The code point of today for a character; the same where it has no other.
pub(super) fn standard_han(c: char) -> char {
    let nth = |table: &str, first: u32| {
        let at = u32::from(c).checked_sub(first)?;
        table.chars().nth(usize::try_from(at).ok()?)
    };
    match c {
        // Two letters of Pinyin, which GBK had in its row A8.
        '\u{e7c7}' => '\u{1e3f}',
        '\u{e7c8}' => '\u{1f9}',
        '\u{e815}'..='\u{e864}' => nth(MOVED, FIRST_PRIVATE).unwrap_or(c),
        '\u{2f00}'..='\u{2fd5}' => nth(RADICALS, FIRST_RADICAL).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{MOVED, RADICALS, standard_han};

    #[test]
    fn each_has_its_place() {
        assert_eq!((MOVED.chars().count(), RADICALS.chars().count()), (80, 214));
        for (typed, standard) in [
            ('\u{e863}', '䶮'),
            ('\u{e864}', '\u{9fbb}'),
            ('\u{e816}', '\u{20087}'),
            ('\u{e81e}', '\u{9fb4}'),
            ('\u{e831}', '\u{215d7}'),
            ('\u{e855}', '\u{241fe}'),
            ('\u{e7c7}', 'ḿ'),
            ('⼀', '一'),
            ('⽟', '玉'),
            ('⿕', '龠'),
            ('\u{e865}', '\u{e865}'),
            ('\u{e814}', '\u{e814}'),
            ('王', '王'),
        ] {
            assert_eq!(standard_han(typed), standard, "{typed:?}");
        }
        let moved = ('\u{e815}'..='\u{e864}').chain('\u{2f00}'..='\u{2fd5}');
        for c in moved {
            let standard = standard_han(c);
            assert!(standard != c && standard_han(standard) == standard, "{c:?}");
        }
    }
}
