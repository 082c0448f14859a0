package dev.segue.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.keys.ByteText;
import dev.segue.keys.KeySnapshot;
import dev.segue.settings.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class KeyFileTest {
    @TempDir
    Path temp;

    @Test
    void read_nestedAndFlatKeys_areTheSame() throws Exception {
        assertThat(read("app:\n  upstream:\n    py1: 10.0.0.1:80\n/app/upstream/py2: 10.0.0.2:80\napp/x: y\n"))
                .isEqualTo("/app/upstream/py1=10.0.0.1:80 /app/upstream/py2=10.0.0.2:80 /app/x=y");
    }

    @Test
    void read_scalars_areTakenAsWritten() throws Exception {
        assertThat(read("a: 1.50\nb: 0x1F\nc: yes\nd: ~\ne:\nf: 'null'\ng: \"x\\ny\"\nh: 2001-01-01\ni: {}\nj: ''\n"))
                .isEqualTo("/a=1.50 /b=0x1F /c=yes /d= /e= /f=null /g=x\ny /h=2001-01-01 /j=");
    }

    @Test
    void read_lists_areNumbered() throws Exception {
        assertThat(read("u: [a, b, {c: d}]\n")).isEqualTo("/u/0=a /u/1=b /u/2/c=d");
    }

    @Test
    void read_json_isReadToo() throws Exception {
        assertThat(read("{\n\t\"app\": {\"a\": 1, \"b\": null, \"c\": \"\\ud83d\\ude00\\/\"},\n\t\"/x/y\": true}"))
                .isEqualTo("/app/a=1 /app/b= /app/c=😀/ /x/y=true");
    }

    @Test
    void read_binary_isTheBytesItStandsFor() throws Exception {
        KeySnapshot keys = KeyFile.read(file("b: !!binary |\n  /wCA\n  YQ==\n"));

        assertThat(keys.value("/b").map(ByteText::encode))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(0xff, 0, 0x80, 'a'));
        assertThat(keys.revision()).isZero();
    }

    @Test
    void read_toml_isReadToo() throws Exception {
        assertThat(read(".toml", """
                        "/x/y" = "1"
                        a."b c" = 0x1F
                        list = ["p", {q = 'r'}, [1.5, 2.0]]
                        day = 2026-01-02
                        [app.upstream]
                        py1 = "10.0.0.1:80"
                        on = true
                        [[site]]
                        name = "first"
                        [[site]]
                        name = "second"
                        """))
                .isEqualTo("/a/b c=31 /app/upstream/on=true /app/upstream/py1=10.0.0.1:80 /day=2026-01-02 /list/0=p"
                        + " /list/1/q=r /list/2/0=1.5 /list/2/1=2.0 /site/0/name=first /site/1/name=second /x/y=1");
    }

    @Test
    void read_tomlThatIsWrong_isRefusedWithItsLine() throws Exception {
        Path twice = file(".toml", "a.b = 1\n[x]\ny = 2\n[\"/a\"]\nb = 3\n");
        assertThatThrownBy(() -> KeyFile.read(twice)).hasMessage(twice + ":5: key /a/b is given twice");
        Path broken = file(".toml", "a = 1\nb = \n");
        assertThatThrownBy(() -> KeyFile.read(broken)).hasMessageStartingWith(broken + ":2:");
        Path again = file(".toml", "a = 1\na = 2\n");
        assertThatThrownBy(() -> KeyFile.read(again))
                .hasMessage(again + ":2:1: not TOML: a previously defined at line 1, column 1");
        Path month = file(".toml", "a = 2026-13-01\n");
        assertThatThrownBy(() -> KeyFile.read(month))
                .hasMessage(month + ":1:10: not TOML: invalid month (valid range 01..12)");
        Path escape = file(".toml", "a = \"open \\sesame\"\n");
        assertThatThrownBy(() -> KeyFile.read(escape)).hasMessage(escape + ":1:11: not TOML: invalid escape sequence");
    }

    @Test
    void read_moreThanThreeMegabytes_isRead() throws Exception {
        assertThat(read("a: " + "x".repeat(4_000_000))).hasSize(4_000_003);
    }

    @Test
    void read_emptyFile_hasNoKeys() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read("# nothing yet\n")).isEmpty();
    }

    @Test
    void read_allThatIsWrong_isSaidAtOnceWithItsLine() throws Exception {
        Path file = file("a: 1\n/a: 2\nb: &x [1]\nc: *x\n? [k]\n: v\nd: !!binary '*'\n");

        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(String.join(
                        "\n",
                        file + ":2: key /a is given twice",
                        file + ":4: an alias; keys and values are written out",
                        file + ":5: a map or list as a key",
                        file + ":7: key /d: not base64 (A-Z a-z 0-9 + / and = at the end)"));
    }

    @Test
    void read_noMapOrTwoDocuments_isRefused() throws Exception {
        Path text = file("just text");
        assertThatThrownBy(() -> KeyFile.read(text)).hasMessage(text + ":1: a lone value; needed is a map of keys");
        Path two = file("a: 1\n---\nb: 2\n");
        assertThatThrownBy(() -> KeyFile.read(two)).hasMessage(two + ":2: a second document; keys come in one");
    }

    @Test
    void read_badSyntax_isRefusedWithItsLine() throws Exception {
        Path file = file("a: 1\nb: [1\nc: 2\n");
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(ProblemsException.class)
                .hasMessageStartingWith(file + ":3: not YAML or JSON: ");
        Path control = file("a: 1\n\nb: \u0007");
        assertThatThrownBy(() -> KeyFile.read(control))
                .hasMessage(control + ":3: not YAML or JSON: a control character (!!binary holds bytes in base64)");
        Path version = file("%YAML 2.0\n---\na: b\n");
        assertThatThrownBy(() -> KeyFile.read(version))
                .hasMessage(version + ": not YAML or JSON: its %YAML line names a version that is not 1");
    }

    @Test
    void read_unreadableFile_isRefused() throws Exception {
        Path gone = temp.resolve("gone.yaml");
        assertThatThrownBy(() -> KeyFile.read(gone)).hasMessage(gone + ": cannot be read: no such file");
        Path latin = temp.resolve("latin.yaml");
        Files.write(latin, new byte[] {'a', ':', '\n', ' ', (byte) 0xe9, '\n'});
        assertThatThrownBy(() -> KeyFile.read(latin))
                .hasMessage(latin + ":2: cannot be read: not UTF-8 (!!binary holds bytes in base64)");
        assertThatThrownBy(() -> KeyFile.read(temp)).hasMessage(temp + ": cannot be read: Is a directory");
    }

    @Test
    void read_nestedDeeperThanAnyoneWrites_isRefusedWithItsLine() throws Exception {
        assertThat(KeyFile.read(file("[".repeat(100) + "x" + "]".repeat(100))).entries())
                .hasSize(1);
        Path lists = file("a:\n" + " [\n".repeat(1_000_000));
        assertThatThrownBy(() -> KeyFile.read(lists)).hasMessage(lists + ":101: nested deeper than 100 maps and lists");
        Path maps = file("{a: ".repeat(30_000) + "x" + "}".repeat(30_000));
        assertThatThrownBy(() -> KeyFile.read(maps)).hasMessage(maps + ":1: nested deeper than 100 maps and lists");
    }

    @Test
    void read_moreKeysThanTheMemoryIsFor_isRefusedWhereTheyBecomeTooMany() throws Exception {
        Path list = file("a: [\n" + "x,".repeat(200_000) + "\nx]");
        assertThatThrownBy(() -> KeyFile.read(list)).hasMessage(list + ":3: more than 200000 keys");
        Path longKeys = file("? " + "n".repeat(200_000) + "\n: [" + "x,".repeat(1_000) + "]"); // 200 MB of keys
        assertThatThrownBy(() -> KeyFile.read(longKeys))
                .hasMessage(longKeys + ":2: the keys up to here have more than 32 Mi characters");
    }

    @Test
    void read_moreMistakesThanAnyoneReads_endsAtTheHundredth() throws Exception {
        Path file = file("[" + "*x,".repeat(1_000_000) + "]");
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOfSatisfying(
                        ProblemsException.class, e -> assertThat(e.problems()).hasSize(101));
    }

    /** It took more than a minute. */
    @Test
    void read_oneValueOfFifteenMegabytes_isRead() throws Exception {
        assertThat(read("a: \"" + "x".repeat(15 << 20) + "\"")).hasSize((15 << 20) + 3);
    }

    private Path file(String text) throws Exception {
        return file(".yaml", text);
    }

    private Path file(String ending, String text) throws Exception {
        return Files.writeString(Files.createTempFile(temp, "keys", ending), text);
    }

    private String read(String text) throws Exception {
        return read(".yaml", text);
    }

    private String read(String ending, String text) throws Exception {
        return KeyFile.read(file(ending, text)).entries().stream()
                .map(entry -> entry.key() + "=" + entry.value())
                .collect(Collectors.joining(" "));
    }
}
