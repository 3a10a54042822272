package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntityHeapEstimateTest {
    private static final DetectorConfig DETECTOR = DetectorConfig.withDefaults(
            "machines",
            new FeatureSchema(IntStream.range(0, 38).mapToObj(i -> "f" + i).toList()));

    @Test
    void addsUpTheParts() {
        // State, table and name; ten rows of 38 floats and a time; three scales; what the threshold remembers; the
        // same table again, and what is followed of incidents.
        long expected =
                72 + 120 + (56 + 32 + 10 * (8 + 38 * 4)) + (48 + 8 + 3 * (24 + 32 + 2 * 38 * 4)) + 40 + (120 + 96);
        assertThat(EntityHeapEstimate.of(ScoringOptions.of(DETECTOR)).bytesOfEach())
                .isEqualTo(expected);
    }

    @Test
    void isWhatOperationsSay() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md")).replaceAll("\\s+", " ");
        long each = EntityHeapEstimate.of(ScoringOptions.of(DETECTOR)).bytesOfEach();
        assertThat(page).contains(String.format(java.util.Locale.ROOT, "%,d bytes", each));
        long inOrder = EntityHeapEstimate.of(ScoringOptions.of(DETECTOR.with(EntitySection.DISORDER, Duration.ZERO)))
                .bytesOfEach();
        assertThat(page).contains(String.format(java.util.Locale.ROOT, "%,d bytes", inOrder));
        assertThat(inOrder).isEqualTo(each - 4 * (8 + 38 * 4));
    }

    @Test
    void saysWhatAllTakeTogether() {
        assertThat(new EntityHeapEstimate(2048).message(1024))
                .isEqualTo("at most 1024 entities of about 2048 bytes, 2.0 MiB together");
    }
}
