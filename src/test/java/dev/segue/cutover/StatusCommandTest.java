package dev.segue.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.settings.ExitCode;
import dev.segue.settings.StatusRequest;
import dev.segue.settings.StatusRequest.Form;
import dev.segue.settings.StatusRequest.Repeat;
import dev.segue.settings.StoreSettings;
import dev.segue.settings.StoreSettings.Certificates;
import dev.segue.testing.MemoryKeyStore;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatusCommandTest {
    private static final StoreSettings STORE = new StoreSettings(
            List.of(), Optional.empty(), "http", Certificates.SYSTEM, Optional.empty(), Duration.ofSeconds(1));

    @Test
    void run_watchWhoseReaderIsGone_ends() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        PrintStream out = new PrintStream(Channels.newOutputStream(pipe.sink()), false, StandardCharsets.UTF_8);
        StatusRequest request = new StatusRequest(STORE, Optional.empty(), Form.JSON, Repeat.AT_EACH_CHANGE);

        assertThat(new StatusCommand(request, new MemoryKeyStore(), out, false, InstantSource.system()).run())
                .isEqualTo(ExitCode.OK);
    }
}
