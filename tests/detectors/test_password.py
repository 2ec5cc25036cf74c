import pytest

from detectors.base import Proof
from detectors.common.password import Password
from tests.detectors.lookalikes import rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param(
        "$2b$12$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        "$2b$12$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        CHECKED,
        id="bcrypt",
    ),
    pytest.param(
        "pbkdf2_sha256$260000$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        "pbkdf2_sha256$260000$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        CHECKED,
        id="of Django",
    ),
    pytest.param(
        "root:$6$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/:19000:0:99999",
        "$6$salt$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        CHECKED,
        id="in a shadow file",
    ),
    pytest.param(
        "pwd=$2y$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0 ok",
        "$2y$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        CHECKED,
        id="behind a key in a log",
    ),
    pytest.param("jdbc:mysql://root:pw@h/db", "pw", CHECKED, id="in a URL behind the user"),
    pytest.param("redis://:Tr0ub4dor@h", "Tr0ub4dor", CHECKED, id="in a URL without a user"),
    pytest.param("打开https://u:Tr0ub4dor@h/x看", "Tr0ub4dor", CHECKED, id="in a URL amid Han"),
    pytest.param("jdbc:oracle:thin:scott/Tr0ub4dor@h:1521:x", "Tr0ub4dor", CHECKED, id="Oracle"),
    pytest.param("jdbc:a://h/db?user=u&password=Tr0ub4dor&x=1", "Tr0ub4dor", CHECKED, id="asked"),
    pytest.param("mysql -uroot -pTr0ub4dor db", "Tr0ub4dor", CHECKED, id="option of mysql"),
    pytest.param("mysqldump --password=Tr0ub4dor a", "Tr0ub4dor", CHECKED, id="long option"),
    pytest.param(
        "redis-cli -h h -a Tr0ub4dor ping", "Tr0ub4dor", CHECKED, id="option of redis-cli"
    ),
    pytest.param("sshpass -p 'Tr0ub4dor' ssh h", "Tr0ub4dor", CHECKED, id="option of sshpass"),
    pytest.param("PGPASSWORD=Tr0ub4dor psql", "Tr0ub4dor", CHECKED, id="variable"),
    pytest.param("123456", "123456", SHAPE, id="the commonest"),
    pytest.param("初始密码：Tr0ub4dor，请修改", "Tr0ub4dor", CHECKED, id="behind its word"),
    pytest.param("login password=Tr0ub4dor from page", "Tr0ub4dor", CHECKED, id="in a log"),
    pytest.param("DB_PWD='s3cr3t pass'", "s3cr3t pass", CHECKED, id="a space within quotes"),
    pytest.param('pwd: "a1,b;c&d", x', "a1,b;c&d", CHECKED, id="signs within quotes"),
    pytest.param("<password>Hunter2!</password>", "Hunter2!", CHECKED, id="in XML"),
    pytest.param("<a:password>my pass 1</a:password>", "my pass 1", CHECKED, id="XML, a space"),
    pytest.param("his password is Tr0ub4dor, ok", "Tr0ub4dor", CHECKED, id="as it is said"),
    pytest.param("'password' => 'Tr0ub4dor'", "Tr0ub4dor", CHECKED, id="an arrow"),
    pytest.param("pwd := Tr0ub4dor", "Tr0ub4dor", CHECKED, id="an assignment"),
    pytest.param('{"password":"Tr0ub4dor"}', "Tr0ub4dor", CHECKED, id="in JSON"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param(
        "{bcrypt}$2a$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        "{bcrypt}$2a$10$Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0./Ab0",
        CHECKED,
        id="of Spring Security",
    ),
    pytest.param(
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/Ab0/",
        CHECKED,
        id="Argon2",
    ),
    pytest.param("Tr0ub4dor&3", "Tr0ub4dor&3", SHAPE, id="in clear"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("abc", id="too short"),
    pytest.param("correct horse", id="a space in it"),
    pytest.param("jdbc:mysql://h:3306/db", id="a URL with a port"),
    pytest.param("https://example.com:8080/@user", id="a path with a sign"),
    pytest.param("https://example.com/a?b=c:d@e", id="a query with signs"),
    pytest.param("postgresql://u:${PGPASSWORD}@h/db", id="a template in a URL"),
    pytest.param("mysql://u:****@h/db", id="a mask in a URL"),
    pytest.param("mysql://<user>:<password>@h/db", id="a sample of a URL"),
    pytest.param("ssh://git@example.com:22/repo.git", id="a user and a port"),
    pytest.param("docker run -p3306:3306 mysql", id="ports"),
    pytest.param("mysql -P 3306 -p", id="asks for it"),
    pytest.param("mkdir -p /data/mysql", id="another option"),
    pytest.param("密码错误", id="a message"),
    pytest.param("密码：不能为空", id="a demand"),
    pytest.param("password=null", id="null"),
    pytest.param("password=${PWD}", id="a template"),
    pytest.param("password: ******", id="masked"),
    pytest.param("pwd=%s", id="a place holder"),
    pytest.param("password=undefined", id="undefined"),
    pytest.param("密码", id="the header"),
    pytest.param(
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        id="too long",
    ),
    pytest.param("令牌错误，请重试", id="another message"),
    pytest.param("password: string", id="a type"),
    pytest.param("password is required", id="another sentence"),
    pytest.param("<password> and then", id="a tag alone"),
    pytest.param("if $user->password>3", id="a comparison"),
    pytest.param("the password is wrong", id="a sentence"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Password(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Password(), [text]) == [[]]


def test_chance_is_what_random_words_show() -> None:
    alphabet = b"0123456789abcdefghijklmnopqrstuvwxyz"
    proven, found = rates(Password(), words(1_000_000, 8, alphabet))
    assert proven == 0 == Password.chance
    assert found == pytest.approx(Password.shape_chance, rel=0.02)
