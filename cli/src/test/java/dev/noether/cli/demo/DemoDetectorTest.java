package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.stack.StackDirectory;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DemoDetectorTest {
    private static final Duration LENGTH = Duration.ofSeconds(90);

    @Test
    void aNewModelTakesOverTwoSecondsAfterItsRelease() {
        // 1,800 minutes in 90 s are 20 minutes of event time per second.
        assertThat(config(12, Duration.ofMinutes(1_800)).retraining().schedule().activationDelay())
                .isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void inAShortRunANewModelTakesOverWithinATwentiethOfTheLivePart() {
        DemoOptions shortRun = options(Duration.ofSeconds(10));

        assertThat(DemoDetector.config(features(12), shortRun, Duration.ofMinutes(400))
                        .retraining()
                        .schedule()
                        .activationDelay())
                .isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void theCodeIsMuchNarrowerThanARow() {
        assertThat(codeSize(1)).isEqualTo(1);
        assertThat(codeSize(12)).isEqualTo(4);
        assertThat(codeSize(38)).isEqualTo(10);
    }

    private static int codeSize(int features) {
        return config(features, Duration.ofMinutes(1_800)).model().codeSize();
    }

    private static DetectorConfig config(int features, Duration liveSpan) {
        return DemoDetector.config(features(features), options(LENGTH), liveSpan);
    }

    private static DemoOptions options(Duration length) {
        return new DemoOptions(new StackDirectory(Path.of("unused")), false, length, null, 0, 1, 1, false);
    }

    private static List<String> features(int count) {
        return IntStream.range(0, count).mapToObj(index -> "f" + index).toList();
    }
}
