/** A name as it is written, and its Latin form for addresses. */
export interface Name {
  readonly written: string
  readonly latin: string
}

/** Where a person of the crowd is from: how they are called, dial and tell the time. */
export interface Locale {
  readonly weight: number
  readonly language: string
  readonly country: string
  readonly timeZones: readonly string[]
  /** E.164 up to the subscriber's own digits, and how many of these follow. */
  readonly dial: string
  readonly dialDigits: number
  /** Most frequent first. */
  readonly given: readonly Name[]
  readonly family: readonly Name[]
  /** Whether the family name is written first, and then without a space. */
  readonly familyFirst: boolean
}

// `written=latin`, or one word for both.
function names(list: string): readonly Name[] {
  return list.split(',').map((entry) => {
    const [written = '', latin = written] = entry.trim().split('=')
    return { written, latin }
  })
}

function locale(
  weight: number,
  place: readonly [language: string, country: string, timeZones: string, dial: string, dialDigits: number],
  given: string,
  family: string,
  familyFirst = false,
): Locale {
  const [language, country, timeZones, dial, dialDigits] = place
  return {
    weight,
    language,
    country,
    timeZones: timeZones.split(' '),
    dial,
    dialDigits,
    given: names(given),
    family: names(family),
    familyFirst,
  }
}

/** Peoples of the crowd, with the names that are frequent among them. */
export const LOCALES: readonly Locale[] = [
  locale(
    20,
    ['en-US', 'US', 'America/New_York America/Chicago America/Los_Angeles America/Denver', '+1212555', 4],
    'James,Mary,Robert,Patricia,John,Jennifer,Michael,Linda,David,Elizabeth,William,Barbara,Richard,Susan,Joseph,Jessica,Thomas,Karen,Christopher,Sarah,Daniel,Nancy,Matthew,Lisa,Anthony,Betty,Mark,Ashley,Donald,Emily,Steven,Kimberly,Andrew,Margaret,Paul,Donna,Joshua,Michelle,Kenneth,Carol,Kevin,Amanda,Brian,Melissa,Zachary,Imani,Deshawn,Wyatt',
    'Smith,Johnson,Williams,Brown,Jones,Garcia,Miller,Davis,Rodriguez,Martinez,Hernandez,Lopez,Gonzalez,Wilson,Anderson,Thomas,Taylor,Moore,Jackson,Martin,Lee,Perez,Thompson,White,Harris,Sanchez,Clark,Ramirez,Lewis,Robinson,Walker,Young,Allen,King,Wright,Scott,Torres,Nguyen,Hill,Flores,Green,Adams,Nelson,Baker,Washington,McAllister,Whitehorse,Vanderbilt',
  ),
  locale(
    8,
    ['en-GB', 'GB', 'Europe/London', '+4420794601', 2],
    'Oliver,Olivia,George,Amelia,Harry,Isla,Jack,Ava,Jacob,Emily,Charlie,Sophie,Thomas,Grace,Oscar,Lily,William,Freya,Alfie,Poppy,Rhys,Siân,Hamish,Eilidh',
    "Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Jackson,Clarke,O'Brien,O'Connor,MacDonald,Featherstonehaugh",
  ),
  locale(
    9,
    ['fr', 'FR', 'Europe/Paris', '+3363998', 4],
    'Jean,Marie,Michel,Nathalie,Pierre,Isabelle,Philippe,Sylvie,Alain,Catherine,Nicolas,Françoise,Julien,Céline,Stéphane,Aurélie,Sébastien,Émilie,François,Hélène,Jérôme,Chloé,Benoît,Zoé,Loïc,Maëlys,Théo,Inès',
    "Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,Laurent,Simon,Michel,Lefebvre,Leroy,Roux,David,Bertrand,Morel,Fournier,Girard,Lefèvre,Mercier,Blanc,Guérin,Müller,Besançon,D'Aboville,Le Goff",
  ),
  locale(
    9,
    ['de', 'DE', 'Europe/Berlin', '+4930231257', 2],
    'Thomas,Sabine,Michael,Susanne,Andreas,Petra,Stefan,Monika,Christian,Claudia,Markus,Nicole,Jürgen,Birgit,Jörg,Jana,Lukas,Anna,Felix,Lena,Björn,Käthe,Günther,Ute,Sönke,Änne',
    'Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,Schröder,Neumann,Schwarz,Zimmermann,Braun,Krüger,Hofmann,Groß,Weiß,Böhm,Jäger,Strauß',
  ),
  locale(
    8,
    ['es', 'ES', 'Europe/Madrid Atlantic/Canary', '+3460055', 4],
    'Antonio,María,José,Carmen,Manuel,Josefa,Francisco,Isabel,Juan,Dolores,David,Ana,Javier,Laura,Daniel,Cristina,Álvaro,Lucía,Sergio,Paula,Íñigo,Begoña,Nicolás,Ángela',
    'García,Rodríguez,González,Fernández,López,Martínez,Sánchez,Pérez,Gómez,Martín,Jiménez,Hernández,Ruiz,Díaz,Moreno,Muñoz,Álvarez,Romero,Gutiérrez,Alonso,Núñez,Ibáñez,Etxeberria,Peña',
  ),
  locale(
    7,
    ['pt-BR', 'BR', 'America/Sao_Paulo America/Manaus', '+551199999', 4],
    'Maria,José,Ana,João,Francisco,Antônio,Carlos,Paulo,Adriana,Juliana,Pedro,Márcia,Lucas,Fernanda,Luiz,Patrícia,Marcos,Aline,Luís,Sandra,Conceição,Otávio,Iúri,Tainá',
    'Silva,Santos,Oliveira,Souza,Rodrigues,Ferreira,Alves,Pereira,Lima,Gomes,Costa,Ribeiro,Martins,Carvalho,Almeida,Lopes,Soares,Fernandes,Vieira,Barbosa,Gonçalves,Araújo,Simões,Assunção',
  ),
  locale(
    5,
    ['it', 'IT', 'Europe/Rome', '+3932055', 5],
    'Giuseppe,Maria,Giovanni,Anna,Antonio,Giuseppina,Mario,Rosa,Luigi,Angela,Francesco,Giovanna,Alessandro,Giulia,Andrea,Chiara,Niccolò,Ludovica,Cesare,Desirée',
    "Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Ricci,Marino,Greco,Bruno,Gallo,Conti,De Luca,Mancini,Costa,Giordano,Rizzo,D'Angelo,Dell'Acqua",
  ),
  locale(
    3,
    ['nl', 'NL', 'Europe/Amsterdam', '+3161234', 4],
    'Jan,Maria,Johannes,Anna,Pieter,Sanne,Daan,Emma,Sem,Julia,Bram,Fleur,Jeroen,Maaike,Thijs,Noortje',
    "de Jong,Jansen,de Vries,van den Berg,van Dijk,Bakker,Janssen,Visser,Smit,Meijer,de Boer,Mulder,van 't Hof,IJsselstein,Ten Brink,Kuijpers",
  ),
  locale(
    4,
    ['pl', 'PL', 'Europe/Warsaw', '+4850055', 4],
    'Anna,Piotr,Maria,Krzysztof,Katarzyna,Andrzej,Małgorzata,Tomasz,Agnieszka,Paweł,Barbara,Michał,Łukasz,Zofia,Stanisław,Żaneta',
    'Nowak,Kowalska,Wiśniewski,Wójcik,Kowalczyk,Kamińska,Lewandowski,Zielińska,Szymański,Woźniak,Dąbrowski,Kozłowska,Jankowski,Mazur,Łęcki,Błaszczykowski',
  ),
  locale(
    3,
    ['cs', 'CZ', 'Europe/Prague', '+42060155', 4],
    'Jiří,Jana,Jan,Marie,Petr,Eva,Josef,Hana,Pavel,Anna,Tomáš,Lenka,Ondřej,Kateřina,Bořek,Šárka',
    'Novák,Svobodová,Novotný,Dvořáková,Černý,Procházková,Kučera,Veselá,Horák,Němcová,Marek,Pokorná,Růžička,Šťastná,Žák,Ďurišová',
  ),
  locale(
    3,
    ['sv', 'SE', 'Europe/Stockholm', '+46701740', 3],
    'Lars,Maria,Mikael,Anna,Anders,Margareta,Johan,Elisabeth,Erik,Eva,Per,Kristina,Åke,Ebba,Björn,Åsa',
    'Andersson,Johansson,Karlsson,Nilsson,Eriksson,Larsson,Olsson,Persson,Svensson,Gustafsson,Lindström,Öberg,Sjögren,Åkesson,Hägglund,Ström',
  ),
  locale(
    3,
    ['tr', 'TR', 'Europe/Istanbul', '+9053255', 5],
    'Mehmet,Fatma,Mustafa,Ayşe,Ahmet,Emine,Ali,Hatice,Hüseyin,Zeynep,İbrahim,Elif,Ömer,Merve,Çağlar,Işıl',
    'Yılmaz,Kaya,Demir,Çelik,Şahin,Yıldız,Yıldırım,Öztürk,Aydın,Özdemir,Arslan,Doğan,Kılıç,Aslan,Çetin,Iğdır',
  ),
  locale(
    2,
    ['el', 'GR', 'Europe/Athens', '+3069455', 5],
    'Γεώργιος=Georgios,Μαρία=Maria,Ιωάννης=Ioannis,Ελένη=Eleni,Δημήτρης=Dimitris,Κατερίνα=Katerina,Νίκος=Nikos,Βασιλική=Vasiliki,Χρήστος=Christos,Σοφία=Sofia',
    'Παπαδόπουλος=Papadopoulos,Βλάχος=Vlachos,Αγγελόπουλος=Angelopoulos,Νικολαΐδης=Nikolaidis,Γεωργίου=Georgiou,Πέτρου=Petrou,Αθανασιάδης=Athanasiadis,Οικονόμου=Oikonomou',
  ),
  locale(
    4,
    ['uk', 'UA', 'Europe/Kyiv', '+3805055', 5],
    'Олександр=Oleksandr,Олена=Olena,Андрій=Andrii,Наталія=Nataliia,Сергій=Serhii,Ірина=Iryna,Володимир=Volodymyr,Тетяна=Tetiana,Юрій=Yurii,Світлана=Svitlana,Їжак=Izhak,Євгенія=Yevheniia',
    'Шевченко=Shevchenko,Коваленко=Kovalenko,Бондаренко=Bondarenko,Ткаченко=Tkachenko,Кравченко=Kravchenko,Мельник=Melnyk,Ковальчук=Kovalchuk,Іваненко=Ivanenko,Лисенко=Lysenko,Щербак=Shcherbak',
  ),
  locale(
    4,
    ['ar', 'AE', 'Asia/Dubai', '+97150555', 4],
    'محمد=Mohammed,فاطمة=Fatima,أحمد=Ahmed,عائشة=Aisha,علي=Ali,مريم=Maryam,خالد=Khalid,نور=Noor,عمر=Omar,ليلى=Layla,يوسف=Yousef,زينب=Zainab',
    'الهاشمي=Al Hashimi,المنصوري=Al Mansouri,النعيمي=Al Nuaimi,الشامسي=Al Shamsi,حسن=Hassan,إبراهيم=Ibrahim,عبد الله=Abdullah,الخطيب=Al Khatib,السيد=Al Sayed,منصور=Mansour',
  ),
  locale(
    2,
    ['he', 'IL', 'Asia/Jerusalem', '+97250555', 4],
    'דוד=David,נועה=Noa,יוסף=Yosef,תמר=Tamar,משה=Moshe,שרה=Sarah,אורי=Uri,מאיה=Maya,איתן=Eitan,רחל=Rachel',
    'כהן=Cohen,לוי=Levi,מזרחי=Mizrahi,פרץ=Peretz,ביטון=Biton,דהן=Dahan,אברהם=Avraham,פרידמן=Friedman,בן־דוד=Ben David,שפירא=Shapira',
  ),
  locale(
    6,
    ['hi', 'IN', 'Asia/Kolkata', '+9198100', 5],
    'राहुल=Rahul,प्रिया=Priya,अमित=Amit,सुनीता=Sunita,विजय=Vijay,पूजा=Pooja,संजय=Sanjay,अनीता=Anita,Arjun,Ananya,Rohan,Kavya,Suresh,Lakshmi,Vikram,Meera',
    'शर्मा=Sharma,कुमार=Kumar,सिंह=Singh,गुप्ता=Gupta,वर्मा=Verma,Patel,Reddy,Iyer,Nair,Mukherjee,Venkataraman,Krishnamurthy',
  ),
  locale(
    8,
    ['zh-CN', 'CN', 'Asia/Shanghai', '+861391234', 4],
    '伟=Wei,芳=Fang,娜=Na,秀英=Xiuying,敏=Min,静=Jing,丽=Li,强=Qiang,磊=Lei,军=Jun,洋=Yang,勇=Yong,艳=Yan,杰=Jie,子涵=Zihan,梓轩=Zixuan',
    '王=Wang,李=Li,张=Zhang,刘=Liu,陈=Chen,杨=Yang,赵=Zhao,黄=Huang,周=Zhou,吴=Wu,徐=Xu,孙=Sun,欧阳=Ouyang,司马=Sima',
    true,
  ),
  locale(
    6,
    ['ja', 'JP', 'Asia/Tokyo', '+819012345', 3],
    '翔太=Shota,陽菜=Hina,大輔=Daisuke,美咲=Misaki,健太=Kenta,さくら=Sakura,拓也=Takuya,葵=Aoi,蓮=Ren,結衣=Yui,直樹=Naoki,ひかり=Hikari',
    '佐藤=Sato,鈴木=Suzuki,高橋=Takahashi,田中=Tanaka,伊藤=Ito,渡辺=Watanabe,山本=Yamamoto,中村=Nakamura,小林=Kobayashi,加藤=Kato,𠮷田=Yoshida,髙橋=Takahashi',
    true,
  ),
  locale(
    4,
    ['ko', 'KR', 'Asia/Seoul', '+821012345', 3],
    '민준=Minjun,서연=Seoyeon,지훈=Jihoon,지우=Jiwoo,현우=Hyunwoo,수빈=Subin,준호=Junho,은지=Eunji,성민=Sungmin,하윤=Hayoon',
    '김=Kim,이=Lee,박=Park,최=Choi,정=Jung,강=Kang,조=Cho,윤=Yoon,남궁=Namgung,황보=Hwangbo',
    true,
  ),
  locale(
    3,
    ['vi', 'VN', 'Asia/Ho_Chi_Minh', '+8490123', 4],
    'Anh,Linh,Minh,Hương,Đức,Thảo,Hùng,Ngọc,Dũng,Trang,Tuấn,Phương,Quỳnh,Bảo',
    'Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô',
  ),
  locale(
    2,
    ['th', 'TH', 'Asia/Bangkok', '+668123', 5],
    'สมชาย=Somchai,สมหญิง=Somying,ประเสริฐ=Prasert,มาลี=Malee,วิชัย=Wichai,กนกวรรณ=Kanokwan,ณัฐพล=Nattapon,พิมพ์ชนก=Pimchanok',
    'ใจดี=Jaidee,ศรีสุข=Srisuk,ทองดี=Thongdee,แสงทอง=Saengthong,บุญมี=Boonmee,วงศ์สุวรรณ=Wongsuwan',
  ),
  locale(
    3,
    ['yo', 'NG', 'Africa/Lagos', '+234802345', 4],
    'Chinedu,Ngozi,Olúwáṣeun=Oluwaseun,Títílayọ̀=Titilayo,Emeka,Adaeze,Babátúndé=Babatunde,Fọlákẹ́=Folake,Ibrahim,Aminat,Tunde,Yetunde',
    'Okafor,Adéyẹmí=Adeyemi,Okonkwo,Balogun,Eze,Ọláníyan=Olaniyan,Abubakar,Nwosu,Bello,Ògúnbánjọ=Ogunbanjo',
  ),
  locale(
    1,
    ['is', 'IS', 'Atlantic/Reykjavik', '+354611', 4],
    'Jón,Guðrún,Sigurður,Anna,Guðmundur,Kristín,Þórarinn=Thorarinn,Ægir=Aegir,Björk,Ásdís',
    'Jónsson,Sigurðardóttir=Sigurdardottir,Guðmundsson=Gudmundsson,Einarsdóttir,Þórsson=Thorsson,Björnsdóttir',
  ),
]
