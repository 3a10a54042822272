package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the benchmark does the work that it times; how fast is not a matter for a test. */
@Tag("long")
class LatencyBenchmarkIT {
    @TempDir
    private Path directory;

    @Test
    void everyLoadReadsTheScoresThatItSent() throws Exception {
        LatencyOptions options = new LatencyOptions(2000, 1, 3, 2, 7);
        LatencyReport report = new LatencyBenchmark(options, directory, line -> {}).run();

        assertThat(report.jobs())
                .extracting(LatencyReport.Job::guarantee)
                .containsExactly("at-least-once", "exactly-once");
        assertThat(report.jobs()).allSatisfy(job -> {
            assertThat(job.highestRate()).isPositive();
            assertThat(job.loads()).extracting(LatencyReport.Load::share).containsExactly(.1, .5, .8);
            assertThat(job.loads()).allSatisfy(load -> {
                assertThat(load.records()).isEqualTo((int) Math.max(1, load.share() * job.highestRate()));
                assertThat(load.median()).isPositive();
                assertThat(load.p99()).isBetween(load.median(), load.largest());
            });
        });
    }

    @Test
    void saysWhichOptionIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatencyOptions(1, 0, 8, 4, 7))
                .withMessage("`--seconds` must be in [1, 1000] (got 0)");
    }
}
