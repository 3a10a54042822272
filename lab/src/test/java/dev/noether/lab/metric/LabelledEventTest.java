package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.testing.RandomizedTest;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LabelledEventTest extends RandomizedTest {
    @Test
    void eventsCoverTheAnomalousRowsAndNoOthers() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 300; trial++) {
            boolean[] labels = new boolean[random.nextInt(40)];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = random.nextInt(3) > 0;
            }
            List<LabelledEvent> events = LabelledEvent.of(labels);
            boolean[] covered = new boolean[labels.length];
            int before = -1;
            for (LabelledEvent event : events) {
                assertThat(event.start()).as("a normal row lies between events").isGreaterThan(before);
                before = event.end();
                Arrays.fill(covered, event.start(), event.end(), true);
            }
            assertThat(covered).isEqualTo(labels);
        }
    }

    @Test
    void eventsReachBothEnds() {
        assertThat(LabelledEvent.of(new boolean[] {true, true, false, true}))
                .containsExactly(new LabelledEvent(0, 2), new LabelledEvent(3, 4));
        assertThat(LabelledEvent.of(new boolean[0])).isEmpty();
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertThatThrownBy(() -> new LabelledEvent(3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 <= start < end (got 3 and 3)");
        assertThatThrownBy(() -> new LabelledEvent(-1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
