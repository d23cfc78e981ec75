"""The words by which the boundary is known: how people write what may not be recorded of a person.

In Chinese, English and pinyin. `BANNED`, `STEMS` and `PINYIN` mean the attribute wherever they stand; `OF_A_PERSON` only
beside a person: a hospital has 床位, a person has 病.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

BANNED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "民族": (
            "民族",
            "族别",
            "族裔",
            "族群",
            "种族",
            "族属",
            "ethnic",
            "ethnicity",
            "minority",
            "race",
            "minzu",
        ),
        "宗教信仰": (
            "宗教",
            "信仰",
            "信教",
            "教派",
            "教职",
            "教徒",
            "信徒",
            "信众",
            "礼拜",
            "皈依",
            "佛教",
            "道教",
            "伊斯兰",
            "穆斯林",
            "天主教",
            "基督",
            "zongjiao",
            "muslim",
            "buddhist",
            "christian",
            "religion",
            "religious",
            "faith",
            "belief",
            "creed",
        ),
        "政治观点和党派": (
            "政治面貌",
            "政治观点",
            "政治倾向",
            "政治立场",
            "政治态度",
            "政治身份",
            "中共",
            "共青团",
            "团员",
            "民革",
            "民盟",
            "民建会员",
            "民进会员",
            "农工党",
            "致公党",
            "九三学社",
            "台盟",
            "党派",
            "党籍",
            "党员",
            "党龄",
            "入党",
            "communist",
            "dangpai",
            "partisan",
            "political",
            "politics",
        ),
        "健康": (
            "健康",
            "疾病",
            "病史",
            "病情",
            "残疾",
            "残障",
            "血型",
            "患病",
            "伤残",
            "体检",
            "身体状况",
            "medical",
            "diagnosis",
            "disabled",
            "health",
            "illness",
            "disease",
            "disability",
        ),
        "行踪": (
            "行踪",
            "轨迹",
            "定位",
            "住址",
            "居住地",
            "去向",
            "家庭地址",
            "常住地",
            "address",
            "domicile",
            "gps",
            "whereabouts",
            "trajectory",
            "residence",
            "geolocation",
        ),
        "海外关系": (
            "海外",
            "境外关系",
            "国外关系",
            "侨",
            "港澳台关系",
            "出国",
            "出境",
            "护照",
            "国籍",
            "外籍",
            "绿卡",
            "nationality",
            "visa",
            "overseas",
            "abroad",
            "passport",
        ),
        "界别": ("界别", "sector"),
    }
)

# English words that begin so, whatever their ending.
STEMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "民族": ("ethn", "racial"),
        "宗教信仰": (
            "religi",
            "belief",
            "faith",
            "church",
            "mosque",
            "muslim",
            "buddhis",
            "christian",
            "catholic",
        ),
        "政治观点和党派": ("politic", "partisan", "ideolog", "partym", "partyaffil", "communis"),
        "健康": (
            "illness",
            "diseas",
            "disab",
            "diagnos",
            "medic",
            "health",
            "psych",
            "vaccin",
            "hospitali",
            "sickness",
        ),
        "行踪": (
            "whereabout",
            "trajector",
            "itinerar",
            "latitud",
            "longitud",
            "domicil",
            "geoloc",
            "residenc",
        ),
        "海外关系": ("oversea", "emigra", "immigra", "passport", "nationalit", "greencard"),
        "界别": ("sectors",),
    }
)
# Syllables together or apart; those that are also other words in common use are left out.
PINYIN: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "民族": re.compile(r"minzu(?!zhi)|shaoshumin|zuqun|zhongzu(?!bu)"),
        "宗教信仰": re.compile(r"zongjiao|xinyang|xinjiao|xinzhong|xintu"),
        "政治观点和党派": re.compile(r"zhengzhimianmao|zhengzhishenfen|dangpai|dangyuan|rudang"),
        "健康": re.compile(r"jiankang|jibing|bingshi|bingqing|canji(?!a)|canzhang|tijian(?!yi)|xuexing"),
        "行踪": re.compile(r"xingzong|(?:^|ting|xian)zhuzhi$|juzhudi"),
        "海外关系": re.compile(r"haiwai|huzhao|qiaojuan|guiqiao|jingwaiguanxi"),
        "界别": re.compile(r"jiebie"),
    }
)
OF_A_PERSON: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "民族": re.compile(r"^族$|民籍|血统|族源|族籍|种姓|min族|^m族|民zu|^nation$|^mz$"),
        "宗教信仰": re.compile(r"教名|受洗|清真|信奉|念经|朝觐|教堂|信佛|信主|神职|阿訇|牧师|活佛|做礼"),
        "政治观点和党派": re.compile(
            r"^面貌$|^政治$|党内|党团|入团|民盟|^民[革建进]$|农工|致公|九三|组织关系|党支部|党费|党组织|思想(?:状况|动态|倾向)|意识形态|政审|^cpc$|^ccp$"
        ),
        "健康": re.compile(
            r"病(?![虫毒害])|住院|用药|疫苗|接种|核酸|怀孕|孕产|产假|心理|精神状|传染|^残|康复|视力|听力|血压|体重|过敏|身体|医疗|医保|艾滋|hiv"
        ),
        "行踪": re.compile(
            r"坐标|coordinates|经纬|户籍|现住|常住|行程|出行|车牌|去过|所在位置|^位置$|签到|打卡|^l(?:at|ng|on)$"
        ),
        "海外关系": re.compile(r"港澳|境外|国外|外国|留学|移民|foreign"),
        "界别": re.compile(r"^所属界$|^界$"),
    }
)
NAMES_A_PERSON = re.compile(
    r"姓名|^人名$|^名字$|^xingming$|^full_?name$|^person(?:_?name)?$|人士$|身份证|证件号"
)

PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|"
    "珞巴|基诺"
)
