#include "dial-sandbox-crowd.h"

#include <string.h>

/* Names made of a stem and an ending, as people's names are in many languages; after a / what the
 * part looks like in an e-mail address, where that is not plain from it. */

typedef struct {
  const char *zone;
  gboolean    is_given;
  const char *stems;   /* a space between */
  const char *endings; /* likewise; _ is a space in the name */
} Kit;

static const Kit kits[] = {
  { "Eastern Time (US & Canada)", FALSE,
    "Ash Black Brad Carl Dun East Farn Glen Hal Ham Har Hazel Kirk Lang Marl Nor Oak Pem Rad Red Rock "
    "San Shel Stan Thorn Wake Wal War Whit Win",
    "bury by combe den field ford ham hurst ley low man mere more stead ster ston ton ward well wick "
    "worth wood" },
  { "London", FALSE,
    "Mac/mac Mc/mc O'/o Fitz/fitz Pen/pen Tre/tre Lan/lan",
    "Alister/alister Brien/brien Carthy/carthy Donnell/donnell Gregor/gregor Kenna/kenna "
    "Laughlin/laughlin Neill/neill Quaid/quaid Rory/rory Sweeney/sweeney Treadwell/treadwell "
    "hallow/hallow rose/rose wyn/wyn dewi/dewi" },
  { "Central America", FALSE,
    "Álvar/alvar Benít/benit Bermúd/bermud Diég/dieg Domíngu/domingu Enríqu/enriqu Estév/estev "
    "Fernánd/fernand Giméne/gimene Gonzál/gonzal Gutiérr/gutierr Hernánd/hernand Jimén/jimen "
    "Márqu/marqu Martín/martin Menénd/menend Ordóñ/ordon Rodrígu/rodrigu Sánch/sanch Velázqu/velazqu",
    "ez es ez_Cano/ez ez_Peña/ez ez_Ibarra/ez es_Pinto/es ez_y_Soto/ez es_Leitão/es ez_Núñez/ez "
    "ez_del_Río/ez" },
  { "Berlin", FALSE,
    "Acker Baum Berg Birken Brand Buchen Dorn Eichen Feld Fried Grün/gruen Hasel Hohen Kirch Klein "
    "König/koenig Linden Mühl/muehl Neu Ober Reich Rosen Schön/schoen Stein Stern Wald Weiden Wein "
    "Winkel Weiß/weiss",
    "au bach bauer baum berg brink dorf eck feld hagen hardt haus heim hof holz horst kamp leitner "
    "mann meier müller/mueller rath stätter/staetter thal wald weg" },
  { "Paris", FALSE,
    "Beau Bois Char Clair Cour Du Fon Gran Haut Mal Mont Neuv Pont Roche Saint- Val Ville Châte/chate",
    "bert blanc champ court fort mont neuf pierre rieux rond teuil val vert ville zac lâtre/latre" },
  { "Stockholm", FALSE,
    "Alm Berg Björk/bjork Dahl Ek Fors Gran Hag Hall Hög/hog Lind Ljung Lund Malm Norr Ny Ros Sand "
    "Sjö/sjo Sten Söder/soder Sund Väster/vaster Öst/ost",
    "berg bäck/back blad dahl gren holm kvist lund man mark qvist stedt strand strøm/strom ström/strom "
    "vall vik ås/as" },
  { "Edinburgh", FALSE,
    "Árna/arna Ásgeirs/asgeirs Bjarna Björns/bjorns Einars Guðmunds/gudmunds Gunnars Halldórs/halldors "
    "Helga Jóns/jons Karls Magnús/magnus Ólafs/olafs Páls/pals Péturs/peturs Ragnars Stefáns/stefans "
    "Sveins Þórðar/thordar Ævars/aevars",
    "son dóttir/dottir" },
  { "Warsaw", FALSE,
    "Bor Brzoz Dąbr/dabr Gór/gor Jan Jarz Kalin Kamiń/kamin Kowal Król/krol Leś/les Lip Maj Now Olsz "
    "Paw Sad Sikor Sosn Szym Wiś/wis Wiśn/wisn Zakrz Zaw Ziel Żur/zur",
    "ak czak czyk ewicz iak icki owicz owska owski ecki" },
  { "Istanbul", FALSE,
    "Ak Al Altın/altin Ay Bal Boz Çelik/celik Dağ/dag Demir Er Gök/gok Gül/gul Güneş/gunes Kaya Kara "
    "Kılıç/kilic Öz/oz Sarı/sari Taş/tas Yıl/yil",
    "baş/bas bey can dağ/dag demir doğan/dogan er gül/gul han kan kaya oğlu/oglu sel soy taş/tas tekin "
    "türk/turk" },
  { "Hanoi", TRUE,
    "Văn_/van Thị_/thi Hữu_/huu Minh_/minh Quốc_/quoc Thanh_/thanh Ngọc_/ngoc Kim_/kim Xuân_/xuan "
    "Đức_/duc",
    "An Bình/binh Châu/chau Dũng/dung Giang Hà/ha Hải/hai Hạnh/hanh Hoa Hùng/hung Khánh/khanh Lan Long "
    "Mai Nam Nga Phong Quân/quan Sơn/son Thảo/thao Trang Tú/tu Vân/van Yến/yen" },
  { "Athens", FALSE,
    "Αθανασ/athanas Αντων/anton Βασιλ/vasil Γεωργ/georg Δημητρ/dimitr Θεοδωρ/theodor Ιωανν/ioann "
    "Κωνσταντιν/konstantin Μιχαηλ/michail Νικολ/nikol Παναγιωτ/panagiot Παυλ/pavl Πετρ/petr "
    "Στεφαν/stefan Χρηστ/christ",
    "όπουλος/opoulos οπούλου/opoulou ίδης/idis ίδου/idou άκης/akis άκη/aki άτος/atos έλης/elis "
    "ιάδης/iadis" },
  { "Kyiv", FALSE,
    "Бонд/bond Василь/vasyl Гнат/hnat Гриц/hryts Данил/danyl Захар/zakhar Карп/karp Козл/kozl "
    "Кравч/kravch Лис/lys Марк/mark Мельн/meln Павл/pavl Петр/petr Роман/roman Савч/savch Сидор/sydor "
    "Степан/stepan Тимош/tymosh Федор/fedor Яким/yakym Шев/shev",
    "енко/enko чук/chuk ук/uk юк/iuk ів/iv ов/ov ова/ova ський/skyi ська/ska ович/ovych ишин/yshyn" },
  { "Cairo", FALSE,
    "ال/al أبو_/abu بن_/ben آل_/al",
    "حسن/hassan سعيد/said كريم/karim ناصر/nasser صالح/saleh خالد/khaled رشيد/rashid سالم/salem عمر/omar "
    "فارس/fares قاسم/qasim مراد/murad هاشم/hashim وليد/walid زيد/zaid نجار/najjar حلبي/halabi "
    "بغدادي/baghdadi شامي/shami مغربي/maghribi طويل/tawil صباغ/sabbagh خياط/khayyat بيطار/bitar "
    "عطار/attar رفاعي/rifai جابري/jabri تميمي/tamimi" },
  { "Jerusalem", FALSE,
    "גולד/gold רוזן/rosen וייס/weiss שוורץ/schwartz גרין/green זילבר/silber הרש/hirsch קליינ/klein "
    "ליכט/licht פיינ/fein",
    "ברג/berg שטיין/stein מן/man בלום/blum צווייג/zweig באום/baum פלד/feld הולץ/holz" },
  { "New Delhi", FALSE,
    "राम/ram शिव/shiv देव/dev हरि/hari कृष्ण/krishna विष्णु/vishnu इन्द्र/indra चन्द्र/chandra सूर्य/surya "
    "गंगा/ganga मोहन/mohan जय/jai",
    "दास/das नाथ/nath पाल/pal राज/raj लाल/lal प्रसाद/prasad कुमार/kumar देव/dev मणि/mani वाल/wal" },
  { "Beijing", TRUE,
    "伟/wei 明/ming 秀/xiu 英/ying 建/jian 国/guo 雨/yu 桐/tong 子/zi 轩/xuan 丽/li 华/hua 浩/hao 思/si 俊/jun "
    "静/jing 文/wen 军/jun 晓/xiao 海/hai 玉/yu 志/zhi 春/chun 天/tian 佳/jia 梦/meng 若/ruo 一/yi",
    "涛/tao 霞/xia 平/ping 刚/gang 玲/ling 燕/yan 梅/mei 晨/chen 宇/yu 欣/xin 诗/shi 磊/lei 洋/yang 艳/yan "
    "勇/yong 敏/min 强/qiang 然/ran 涵/han 杰/jie 怡/yi 琳/lin 峰/feng 龙/long 云/yun 芳/fang 娜/na 博/bo" },
  { "Tokyo", FALSE,
    "山/yama 川/kawa 小/o 大/o 中/naka 高/taka 松/matsu 竹/take 石/ishi 森/mori 北/kita 南/minami 西/nishi "
    "東/higashi 吉/yoshi 藤/fuji 青/ao 黒/kuro 白/shira 長/naga",
    "田/da 山/yama 川/kawa 本/moto 村/mura 木/ki 野/no 原/hara 島/shima 崎/saki 口/guchi 井/i 沢/sawa "
    "谷/tani 岡/oka 橋/hashi 上/ue 下/shita 部/be 浦/ura" },
  { "Seoul", TRUE,
    "지/ji 서/seo 민/min 하/ha 도/do 수/su 예/ye 현/hyun 은/eun 우/woo 연/yeon 준/jun 윤/yoon 진/jin 영/young "
    "성/sung 재/jae 태/tae 유/yu 나/na",
    "빈/bin 아/a 호/ho 선/sun 우/woo 준/jun 영/young 희/hee 원/won 석/seok 경/kyung 철/chul 훈/hoon 미/mi "
    "정/jung 란/ran 혁/hyuk 솔/sol" },
  { "Tbilisi", FALSE,
    "გიორგა/giorga ნიკოლა/nikola ლომი/lomi მამუკა/mamuka ქავთა/kavta წიკლა/tsikla ხარა/khara თავა/tava "
    "ჩხარა/chkhara ბასი/basi მაისურა/maisura ჯიქა/jika",
    "შვილი/shvili ძე/dze ია/ia ური/uri" },
  { "Yerevan", FALSE,
    "Հովհաննիս/hovhannis Մարտիրոս/martiros Մինաս/minas Ստեփան/stepan Վարդան/vardan Դավթ/davt "
    "Աբրահամ/abraham Կարապետ/karapet Ներսիս/nersis Թորոս/toros Եղիազար/yeghiazar Օհան/ohan",
    "յան/yan յանց/yants եան/ian" },
  { "West Central Africa", FALSE,
    "Adé/ade Olú/olu Ayọ̀/ayo Ọlá/ola Ifá/ifa Ọba/oba Ọmọ́/omo Fọlá/fola Tèmi/temi Akin Ògún/ogun",
    "bọ̀wálé/bowale délé/dele kúnlé/kunle mídé/mide níyì/niyi rìn/rin dípẹ̀/dipe táyọ̀/tayo "
    "wálé/wale yẹmí/yemi sanyà/sanya jùmọ̀/jumo" },
};

static guint
count_parts (const char *parts)
{
  guint n = 1;

  for (; *parts != '\0'; parts++)
    n += *parts == ' ';
  return n;
}

/* Appends the part of this number to both forms of a name. */
static void
append_part (DialSandboxComposed *self,
             const char          *parts,
             guint                which)
{
  const char *part = parts;
  gsize length, text_length;
  g_autofree char *text = NULL;
  g_autofree char *ascii = NULL;

  for (; which > 0; which--)
    part = strchr (part, ' ') + 1;
  length = strcspn (part, " ");
  text_length = strcspn (part, " /");

  text = g_strdelimit (g_strndup (part, text_length), "_", ' ');
  ascii = text_length < length ? g_strndup (part + text_length + 1, length - text_length - 1)
                               : g_ascii_strdown (text, -1);
  g_strlcat (self->text, text, sizeof self->text);
  g_strlcat (self->ascii, ascii, sizeof self->ascii);
}

/**
 * dial_sandbox_crowd_compose:
 * @self: what to fill
 * @culture: whose name it is
 * @is_given: a given name, not one of a family
 * @roll: what chance says
 *
 * Returns: whether such names are composed there
 */
gboolean
dial_sandbox_crowd_compose (DialSandboxComposed      *self,
                            const DialSandboxCulture *culture,
                            gboolean                  is_given,
                            guint64                   roll)
{
  for (guint i = 0; i < G_N_ELEMENTS (kits); i++) {
    const Kit *kit = &kits[i];

    if (kit->is_given != is_given || g_strcmp0 (kit->zone, culture->zone) != 0)
      continue;

    self->text[0] = self->ascii[0] = '\0';
    append_part (self, kit->stems, (guint) (roll % count_parts (kit->stems)));
    append_part (self, kit->endings, (guint) ((roll >> 16) % count_parts (kit->endings)));
    return TRUE;
  }
  return FALSE;
}

/* All the ranges that are kept for films and books, where dial-sandbox-people.c makes do with a few. */
static const char * const american[] = {
  "+1 (AAA) 555-01##", "(AAA) 555-01##", "AAA-555-01##", "AAA.555.01##", "+1AAA55501##",
  "1-AAA-555-01##", "AAA 555 01##", "AAA-555-01## ext 4", "+1 AAA-555-01##", NULL
};
static const char * const british[] = {
  "020 7946 0###", "+44 113 496 0###", "0114 496 0###", "(0115) 496 0###", "0116 496 0###",
  "+44 (0)117 496 0###", "0118 496 0###", "0121 496 0###", "0131 496 0###", "+44 141 496 0###",
  "0151 496 0###", "0161 496 0###", "0191 498 0###", "028 9649 6###", "029 2018 0###",
  "01632 960###", "07700 900###", "+447700900###", NULL
};
static const char * const german[] = {
  "+49 30 23125 ###", "030/23125-###", "+49 (0)40 66969###", "040 66969###", "0221/4710###",
  "+49 221 4710###", "069 90009###", "0049 69 90009 ###", "089 99998-###", "+49 171 39200##", NULL
};
static const char * const french[] = {
  "01 99 00 ## ##", "+33 1 99 00 ## ##", "02 61 91 ## ##", "03.53.01.##.##", "04 65 71 ## ##",
  "+33 (0)5 36 49 ## ##", "06 39 98 ## ##", "06.39.98.##.##", "+3363998####", "0033 6 39 98 ## ##",
  NULL
};
static const char * const swedish[] = {
  "08-465 004 ##", "+46 8 465 004 ##", "031-390 06 ##", "+46 (0)31-390 06 ##", "040-628 04 ##",
  "070-174 06 5#", NULL
};
static const char * const australian[] = {
  "(02) 5550 ####", "+61 2 7010 ####", "03 5550 ####", "(03) 7010 ####", "07 5550 ####",
  "+61 7 7010 ####", "(08) 5550 ####", "0061 8 7010 ####", NULL
};

/**
 * dial_sandbox_crowd_get_phones:
 * @country: a culture's country
 *
 * Returns: (nullable): the numbers written there, as in dial-sandbox-people.c
 */
const char * const *
dial_sandbox_crowd_get_phones (const char *country)
{
  static const struct {
    const char         *country;
    const char * const *phones;
  } countries[] = {
    { "us", american }, { "gb", british }, { "de", german },
    { "fr", french }, { "se", swedish }, { "au", australian },
  };

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++) {
    if (strcmp (countries[i].country, country) == 0)
      return countries[i].phones;
  }
  return NULL;
}

/**
 * dial_sandbox_crowd_get_area:
 * @roll: what chance says
 *
 * Returns: an area of North America, three digits and what follows in the table
 */
const char *
dial_sandbox_crowd_get_area (guint64 roll)
{
  static const char areas[] =
    "201202203205206207208209210212213214215216217218219224225228229231234239240248251252253254256260"
    "262267269270276281301302303304305307308309310312313314315316317318319320321323325330334336337339"
    "347351352360361386401402404405406407408409410412413414415417419423425430432434435440443469478479"
    "480484501502503504505507508509510512513515516517518520530540541551559561562563567570571573574580"
    "585586601602603605606607608609610612614615616617618619620623626630631636641646650651660661662678"
    "682701702703704706707708712713714715716717718719720724727731732734740754757760763765770772773774"
    "775781785786801802803804805806808810812813814815816817818828830831832843845847848850856857858859"
    "860862863864865870901903904906907908909910912913914915916917918919920925928931936937940941947949"
    "951952954956970971972973978979980985989";

  return areas + roll % ((sizeof areas - 1) / 3) * 3;
}
