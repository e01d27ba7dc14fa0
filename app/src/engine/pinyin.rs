//! How characters are spoken, from the order in which the browser sorts them.
//!
//! The pinyin collation puts characters in the order of their syllables. A character's syllable is that of the last
//! one in this table that does not come after it. The table is 1.4 kB compressed, where one with an entry for each
//! character takes 28 kB; `tests/browser/pinyin.mjs` derives it from the collation itself.

use std::cell::OnceCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Intl, Object};
use wasm_bindgen::prelude::*;

/// The first character of each syllable, with the syllable; `v` is `ü`.
const FIRST: &str = "\
    阿a哎ai安an肮ang凹ao丷ba挀bai扳ban邦bang勹bao卑bei奔ben伻beng屄bi边bian灬biao憋bie汃bin冫bing癶bo峬bu嚓ca偲cai参can仓cang\
    撡cao冊ce嵾cen曽ceng叉cha芆chai辿chan伥chang抄chao车che抻chen阷cheng吃chi充chong抽chou出chu揣chuai巛chuan刅chuang吹c\
    hui旾chun逴chuo呲ci匆cong凑cou粗cu汆cuan崔cui邨cun搓cuo咑da呆dai丹dan当dang刀dao嘚de扥den灯deng氐di敁dian刁diao爹die丁d\
    ing丟diu东dong吺dou厾du耑duan垖dui吨dun多duo妸e奀en儿er发fa帆fan匚fang飞fei分fen丰feng仏fo紑fou夫fu旮ga侅gai甘gan冈gang皋\
    gao戈ge给gei根gen刯geng工gong勾gou估gu瓜gua乖guai关guan光guang归gui丨gun呙guo哈ha咍hai佄han夯hang茠hao诃he黒hei拫hen亨h\
    eng叿hong齁hou乎hu花hua怀huai欢huan巟huang灰hui昏hun吙huo丌ji加jia戋jian江jiang艽jiao阶jie巾jin坕jing冂jiong丩jiu凥ju\
    姢juan噘jue军jun咔ka开kai刊kan忼kang尻kao匼ke剋kei肎ken劥keng空kong抠kou扝ku夸kua蒯kuai宽kuan匡kuang亏kui坤kun扩kuo垃la\
    来lai兰lan啷lang捞lao仂le勒lei崚leng哩li俩lia奁lian良liang撩liao毟lie拎lin伶ling溜liu龙long瞜lou噜lu驴lv娈luan掠lve抡lu\
    n啰luo妈ma埋mai嫚man牤mang猫mao嚒me呅mei椚men擝meng咪mi宀mian喵miao乜mie民min名ming谬miu摸mo哞mou毪mu拏na腉nai囡nan囔nan\
    g孬nao疒ne娞nei恁nen能neng妮ni拈nian娘niang鸟niao捏nie囜nin宁ning妞niu农nong羺nou奴nu女nv奻nuan疟nve郍nuo喔o讴ou妑pa拍pa\
    i眅pan乓pang抛pao呸pei喷pen匉peng丕pi囨pian剽piao氕pie姘pin乒ping钋po剖pou仆pu七qi掐qia千qian呛qiang悄qiao苆qie亲qin靑q\
    ing卭qiong丘qiu区qu奍quan缺que夋qun呥ran穣rang娆rao惹re人ren扔reng日ri戎rong厹rou邚ru堧ruan婑rui瞤run捼ruo仨sa毢sai三sa\
    n桒sang掻sao閪se森sen僧seng杀sha筛shai山shan伤shang弰shao奢she申shen升sheng尸shi収shou书shu刷shua衰shuai闩shuan双shu\
    ang脽shui吮shun说shuo厶si忪song凁sou苏su狻suan夊sui孙sun唆suo他ta囼tai坍tan汤tang夲tao忑te熥teng剔ti天tian旫tiao帖tie厅\
    ting囲tong偷tou凸tu湍tuan推tui吞tun乇tuo屲wa歪wai弯wan尣wang危wei昷wen翁weng挝wo乌wu夕xi虲xia仙xian乡xiang灱xiao些xie心\
    xin星xing凶xiong休xiu吁xu吅xuan削xue坃xun丫ya恹yan央yang幺yao倻ye一yi囙yin应ying哟yo佣yong优you込yu囦yuan曰yue晕yun帀za\
    災zai兂zan匨zang傮zao则ze贼zei怎zen増zeng扎zha夈zhai枬zhan张zhang佋zhao蜇zhe贞zhen凧zheng之zhi中zhong州zhou朱zhu抓zhu\
    a跩zhuai专zhuan妆zhuang隹zhui宒zhun拙zhuo乲zi宗zong邹zou租zu钻zuan厜zui尊zun昨zuo";

thread_local! {
    static SPOKEN: OnceCell<Spoken> = const { OnceCell::new() };
}

/// The syllable of a character; none for what is not spoken, or if this browser does not sort by pinyin.
pub fn spell(letter: char) -> Option<&'static str> {
    SPOKEN.with(|spoken| spoken.get_or_init(Spoken::new).of(letter))
}

struct Spoken {
    compare: Function,
    /// In the order of the collation.
    first: Vec<(JsValue, &'static str)>,
    known: std::cell::RefCell<HashMap<char, Option<&'static str>>>,
}

impl Spoken {
    fn new() -> Self {
        let compare = Intl::Collator::new(&Array::of1(&"zh-u-co-pinyin".into()), &Object::new()).compare();
        let mut spoken = Self { compare, first: entries(), known: HashMap::new().into() };
        // Browsers may differ in rare characters; one out of order would mislead the search.
        let in_order = |pair: &[(JsValue, &str)]| spoken.order(&pair[0].0, &pair[1].0) < 0.0;
        let mut keep: Vec<bool> = spoken.first.windows(2).map(in_order).collect();
        keep.push(true);
        let is_sorted = keep.iter().filter(|in_order| **in_order).count() * 10 > keep.len() * 9;
        let mut keep = keep.into_iter();
        spoken.first.retain(|_| keep.next() == Some(true) && is_sorted);
        spoken
    }

    fn of(&self, letter: char) -> Option<&'static str> {
        let known = self.known.borrow().get(&letter).copied();
        known.unwrap_or_else(|| {
            let found = self.find(&JsValue::from_str(letter.encode_utf8(&mut [0; 4])));
            self.known.borrow_mut().insert(letter, found);
            found
        })
    }

    fn find(&self, letter: &JsValue) -> Option<&'static str> {
        let after = self.first.partition_point(|(first, _)| self.order(first, letter) <= 0.0);
        self.first.get(after.checked_sub(1)?).map(|(_, syllable)| *syllable)
    }

    fn order(&self, one: &JsValue, other: &JsValue) -> f64 {
        let order = self.compare.call2(&JsValue::NULL, one, other);
        order.ok().and_then(|order| order.as_f64()).unwrap_or(0.0)
    }
}

fn entries() -> Vec<(JsValue, &'static str)> {
    let is_first = |(_, letter): &(usize, char)| !letter.is_ascii();
    let starts: Vec<(usize, char)> = FIRST.char_indices().filter(is_first).collect();
    let ends = starts.iter().skip(1).map(|(end, _)| *end).chain([FIRST.len()]);
    let entry = |((start, letter), end): (&(usize, char), usize)| {
        (JsValue::from_str(letter.encode_utf8(&mut [0; 4])), &FIRST[start + letter.len_utf8()..end])
    };
    starts.iter().zip(ends).map(entry).collect()
}
