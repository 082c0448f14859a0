package dev.segue.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.journal.JournalEntry.Rejected;
import dev.segue.plan.KeptFile;
import dev.segue.plan.Owed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class JournalFileTest {
    private static final Path TARGET = Path.of("/etc/nginx/app.conf");
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    @Test
    void encode_fullEntry_canBeReadAtNight() {
        String text = text(JournalFile.encode(TARGET, entry(Optional.of(previous("old\n")), Optional.of(rejected(3)))));

        String checked = """
                # What Segue knows of one target file. It writes this itself, and does not believe what others have edited.
                # This may be deleted while Segue is stopped; a reload that is owed is then forgotten.
                # The previous file, if it is kept, follows the empty line as it was.
                version = 1
                target = /etc/nginx/app.conf
                resource = conf.d/app.toml
                owed = reload
                installed = %s
                revision = 12
                previous = 4 bytes, mode 0640, uid 33, gid 4294967294
                rejected = %s, 3 times
                """.formatted(A, B);
        String checksum = crc32c(checked + "old\n");
        assertThat(text).isEqualTo(checked + "checksum = " + checksum + "\n\nold\n");
    }

    @Test
    void encode_leastEntry_saysNothingOfWhatThereIsNot() {
        JournalEntry entry =
                new JournalEntry("conf.d/app.toml", Owed.NOTHING, A, 0, Optional.empty(), Optional.empty());

        assertThat(text(JournalFile.encode(TARGET, entry)))
                .contains("\nowed = nothing\n", "\nrevision = 0\nchecksum = ")
                .endsWith("\n\n");
    }

    @Test
    void decode_everyKindOfPrevious_isWhatItWas() throws Exception {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        for (byte[] bytes :
                new byte[][] {all, {}, {'\n'}, "\n\nversion = 2\nchecksum = x\n\n".getBytes(StandardCharsets.UTF_8)}) {
            KeptFile previous = KeptFile.of(bytes, 04751, -2, Integer.MIN_VALUE);

            KeptFile read = decoded(entry(Optional.of(previous), Optional.empty()))
                    .previous()
                    .orElseThrow();

            assertThat(read.bytes()).hasValue(bytes);
            assertThat(read.mode()).isEqualTo(04751);
            assertThat(read.uid()).isEqualTo(-2);
            assertThat(read.gid()).isEqualTo(Integer.MIN_VALUE);
        }
    }

    @Test
    void decode_absentPrevious_isAbsentAndNotUnknown() throws Exception {
        assertThat(decoded(entry(Optional.of(KeptFile.ABSENT), Optional.empty()))
                        .previous())
                .hasValueSatisfying(previous -> assertThat(previous.exists()).isFalse());
        assertThat(decoded(entry(Optional.empty(), Optional.empty())).previous())
                .isEmpty();
    }

    @Test
    void decode_rest_isWhatItWas() throws Exception {
        JournalEntry entry = entry(Optional.empty(), Optional.of(rejected(1)));

        assertThat(decoded(entry)).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb\r\u0085\u2028\t\0",
                "\\u000a\\",
                " = ",
                "# x",
                " x ",
                "",
                "\u00e4\ud83d\ude00\ud83d",
                "\u202e"
            })
    void decode_anyText_isWhatItWasOnOneLine(String text) throws Exception {
        JournalEntry entry = new JournalEntry(text, Owed.RELOAD, A, 1, Optional.empty(), Optional.empty());
        Path target = Path.of("/etc/" + text.replace("\0", "").replaceAll("\\ud83d$", ""));

        byte[] file = JournalFile.encode(target, entry);

        assertThat(JournalFile.decode(target, file)).isEqualTo(entry);
        assertThat(text(file).lines()).hasSize(11);
    }

    @Test
    void decode_cutAnywhere_isRefused() {
        byte[] file =
                JournalFile.encode(TARGET, entry(Optional.of(previous("old\n\nold\n")), Optional.of(rejected(2))));

        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> JournalFile.decode(TARGET, cut)).isInstanceOf(DamagedEntryException.class);
        }
    }

    @Test
    void decode_anyByteChanged_isRefused() {
        byte[] file = JournalFile.encode(TARGET, entry(Optional.of(previous("old\n")), Optional.of(rejected(2))));

        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> JournalFile.decode(TARGET, changed))
                    .as("byte %d", i)
                    .isInstanceOf(DamagedEntryException.class);
        }
    }

    @Test
    void decode_anythingAdded_isRefused() {
        String file = text(JournalFile.encode(TARGET, entry(Optional.empty(), Optional.empty())));

        for (String longer : new String[] {file + "\n", "\n" + file, file.strip() + "\nowed = nothing\n\n"}) {
            assertThatThrownBy(() -> JournalFile.decode(TARGET, longer.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(DamagedEntryException.class);
        }
    }

    @Test
    void decode_reasons_areClear() {
        String file = text(JournalFile.encode(TARGET, entry(Optional.of(previous("old\n")), Optional.empty())));

        assertReason("", "it is cut short");
        assertReason(file.substring(0, 300), "it is cut short");
        assertReason(
                file.substring(0, file.length() - 1), "its checksum does not match, so it was cut short or edited");
        assertReason(
                file.replace("reload\n", "nothing\n"), "its checksum does not match, so it was cut short or edited");
        assertReason("version = 2\nwhatever", "its version is 2, this Segue knows 1");
        assertThatThrownBy(() -> JournalFile.decode(Path.of("/etc/other"), file.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("it is about /etc/nginx/app.conf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owed = pizza",
                "installed = abc",
                "revision = -1",
                "revision = x",
                "previous = 3 bytes, mode 0644, uid 0, gid 0",
                "previous = 0 bytes, mode 0644, uid 99999999999, gid 0",
                "rejected = often",
                "rejected = abc, 1 time",
                "resource",
            })
    void decode_rightChecksumWrongLine_isRefused(String line) {
        String key = line.split(" ", -1)[0];
        String head = "version = 1\ntarget = /etc/nginx/app.conf\nresource = r\nowed = nothing\ninstalled = " + A
                + "\nrevision = 1\nprevious = absent\nrejected = " + A + ", 1 time\n";
        String wrong = head.replaceAll("(?m)^" + key + " = .*$", line);
        byte[] file = (wrong + "checksum = " + crc32c(wrong) + "\n\n").getBytes(StandardCharsets.UTF_8);

        assertThat(wrong).isNotEqualTo(head);
        assertThatThrownBy(() -> JournalFile.decode(TARGET, file)).isInstanceOf(DamagedEntryException.class);
    }

    private static void assertReason(String file, String reason) {
        assertThatThrownBy(() -> JournalFile.decode(TARGET, file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DamagedEntryException.class)
                .hasMessage(reason);
    }

    private static JournalEntry decoded(JournalEntry entry) throws DamagedEntryException {
        return JournalFile.decode(TARGET, JournalFile.encode(TARGET, entry));
    }

    private static JournalEntry entry(Optional<KeptFile> previous, Optional<Rejected> rejected) {
        return new JournalEntry("conf.d/app.toml", Owed.RELOAD, A, 12, previous, rejected);
    }

    private static KeptFile previous(String content) {
        return KeptFile.of(content.getBytes(StandardCharsets.UTF_8), 0640, 33, -2);
    }

    private static Rejected rejected(int times) {
        return new Rejected(B, times);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }

    private static String crc32c(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }
}
