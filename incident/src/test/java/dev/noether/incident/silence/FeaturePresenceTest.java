package dev.noether.incident.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FeaturePresenceTest extends RandomizedTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final List<String> NONE = List.of();

    private final FeaturePresence presence = new FeaturePresence(List.of("cpu", "memory"), 5 * MINUTE);
    private long time = 1_700_000_000_000L;

    @Test
    void aFeatureThatNoRowHasAnyMoreIsMissing() {
        rows(100, NONE);
        long last = time;
        rows(30, List.of("memory"));
        assertThat(presence.isMissing(1)).as("for less than five minutes").isFalse();
        rows(35, List.of("memory"));
        assertThat(presence.isMissing(1)).isTrue();
        assertThat(presence.newestValue(1)).isEqualTo(last);
        assertThat(presence.isMissing(0)).isFalse();
        rows(1, NONE);
        assertThat(presence.isMissing(1)).as("reported again").isFalse();
    }

    @Test
    void aFeatureThatOneEntityReportsIsNotMissing() {
        RandomGenerator random = random();
        for (int i = 0; i < 5_000; i++) {
            rows(1, random.nextInt(20) == 0 ? NONE : List.of("memory"));
            assertThat(presence.isMissing(1)).isFalse();
        }
    }

    @Test
    void aFeatureThatIsReportedRarelyIsMissingAfterFourOfItsUsualGaps() {
        for (int hour = 0; hour < 30; hour++) {
            rows(1, NONE);
            rows(360, List.of("memory"));
            assertThat(presence.isMissing(1)).as("hour " + hour).isFalse();
        }
        rows(3 * 361 + 2, List.of("memory"));
        assertThat(presence.isMissing(1)).isTrue();
    }

    @Test
    void aFeatureWithoutAnyValueIsMissingAfterAnHour() {
        rows(359, List.of("memory"));
        assertThat(presence.isMissing(1)).isFalse();
        rows(5, List.of("memory"));
        assertThat(presence.isMissing(1)).isTrue();
    }

    @Test
    void fewRowsProveNothing() {
        rows(100, NONE);
        for (int i = 0; i < FeaturePresence.MIN_ROWS - 1; i++) {
            time += 60 * MINUTE;
            presence.observe(time, List.of("memory"));
            assertThat(presence.isMissing(1)).isFalse();
        }
        time += MINUTE;
        presence.observe(time, List.of("memory"));
        assertThat(presence.isMissing(1)).isTrue();
    }

    /** One row each ten seconds. */
    private void rows(int count, List<String> lacking) {
        for (int i = 0; i < count; i++) {
            time += 10 * SECOND;
            presence.observe(time, lacking);
        }
    }
}
