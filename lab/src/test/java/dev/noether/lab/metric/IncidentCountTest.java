package dev.noether.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class IncidentCountTest extends RandomizedTest {
    private static final int ROWS = 60;

    @Test
    void agreesWithCountingRowByRow() {
        RandomGenerator random = random();
        for (int trial = 0; trial < 500; trial++) {
            List<LabelledEvent> incidents = ranges(random);
            List<LabelledEvent> events = ranges(random);
            int touches = 0;
            int falseIncidents = 0;
            for (LabelledEvent incident : incidents) {
                int touched = 0;
                for (LabelledEvent event : events) {
                    touched += shareARow(incident, event) ? 1 : 0;
                }
                touches += touched;
                falseIncidents += touched == 0 ? 1 : 0;
            }
            int found = 0;
            for (LabelledEvent event : events) {
                found += incidents.stream().anyMatch(incident -> shareARow(incident, event)) ? 1 : 0;
            }
            assertThat(IncidentCount.of(incidents, events))
                    .as("incidents %s, events %s", incidents, events)
                    .isEqualTo(new IncidentCount(incidents.size(), falseIncidents, events.size(), found, touches));
        }
    }

    @Test
    void neighboursThatShareNoRowDoNotTouch() {
        LabelledEvent event = new LabelledEvent(10, 20);
        IncidentCount count =
                IncidentCount.of(List.of(new LabelledEvent(5, 10), new LabelledEvent(20, 25)), List.of(event));
        assertThat(count.foundEvents()).isZero();
        assertThat(count.falseIncidents()).isEqualTo(2);
        assertThat(count.perFoundEvent()).isNaN();
    }

    @Test
    void anIncidentOverTwoEventsCountsForBoth() {
        IncidentCount count = IncidentCount.of(
                List.of(new LabelledEvent(0, 50), new LabelledEvent(1, 2)),
                List.of(new LabelledEvent(0, 5), new LabelledEvent(40, 45)));
        assertThat(count.foundEvents()).isEqualTo(2);
        assertThat(count.perFoundEvent()).isEqualTo(1.5);
    }

    private static boolean shareARow(LabelledEvent first, LabelledEvent second) {
        for (int row = first.start(); row < first.end(); row++) {
            if (row >= second.start() && row < second.end()) {
                return true;
            }
        }
        return false;
    }

    private static List<LabelledEvent> ranges(RandomGenerator random) {
        List<LabelledEvent> ranges = new ArrayList<>();
        int start = random.nextInt(8);
        while (start < ROWS) {
            int end = start + 1 + random.nextInt(6);
            ranges.add(new LabelledEvent(start, end));
            start = end + 1 + random.nextInt(15);
        }
        return ranges;
    }
}
