package dev.noether.lab.bench.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.bench.MachineDescription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The retraining benchmark on a short history, and the keys that scripts read. */
@Tag("long")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RetrainingBenchmarkIT {
    @TempDir
    private Path folder;

    @Test
    void aTrainingIsMeasured() throws Exception {
        RetrainingBenchmarkOptions options = new RetrainingBenchmarkOptions(20_050, 100, 10_000);
        List<String> progress = new ArrayList<>();
        RetrainingSpeed speed = new RetrainingBenchmark(options, folder, progress::add).run();
        assertThat(progress.get(0)).isEqualTo("writing 20,000 rows of 100 servers, 200 minutes");
        assertThat(speed.rows()).isEqualTo(20_000);
        assertThat(speed.sampledRows()).isBetween(9_000, 10_000);
        assertThat(speed.read().rowsPerSecond() * speed.read().seconds()).isBetween(19_999.0, 20_001.0);
        assertThat(speed.trainSeconds()).isPositive();
        assertThat(speed.epochs()).isPositive();
        RetrainingSpeed.Memory memory = speed.memory();
        assertThat(memory.used()).isGreaterThanOrEqualTo(memory.before());
        assertThat(memory.sample()).isEqualTo(10_000.0 * 4 * 12 * 4 / (1 << 20));

        JsonNode json =
                new ObjectMapper().valueToTree(new RetrainingCommand.Report(options, MachineDescription.here(), speed));
        assertThat(json.fieldNames()).toIterable().containsExactly("options", "machine", "speed");
        assertThat(json.get("speed").fieldNames())
                .toIterable()
                .containsExactly("rows", "sampledRows", "write", "read", "trainSeconds", "epochs", "memory", "outcome");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new RetrainingBenchmarkOptions(9_999, 10, 10_000))
                .hasMessage("`--rows` must be at least 10000 (got 9999)");
        assertThatThrownBy(() -> new RetrainingBenchmarkOptions(10_000, 10_001, 10_000))
                .hasMessage("`--entities` must be in [1, 10000] (got 10001)");
        assertThatThrownBy(() -> new RetrainingBenchmarkOptions(10_000, 10, 9_999))
                .hasMessage("`--max-rows` must be at least 10000 (got 9999)");
    }
}
