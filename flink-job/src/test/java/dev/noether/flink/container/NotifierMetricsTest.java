package dev.noether.flink.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class NotifierMetricsTest {
    private final MovingClock clock = new MovingClock();
    private final NotifierMetrics metrics = new NotifierMetrics(clock);

    @Test
    void aReceiverIsShownBeforeAnythingHappens() {
        metrics.add("fleet", "slack");
        assertThat(metrics.text())
                .contains(
                        line("told", "0.0"),
                        line("failures", "0.0"),
                        line("undelivered", "0.0"),
                        line("failingSeconds", "0.0"));
    }

    @Test
    void theTimeOfFailuresBeginsWithTheFirstAndEndsWithSuccess() {
        metrics.failed("fleet", "slack", "HTTP 503", 1000);
        clock.now = clock.now.plus(Duration.ofSeconds(90));
        metrics.failed("fleet", "slack", "HTTP 503", 1000);
        assertThat(metrics.text()).contains(line("failures", "2.0"), line("failingSeconds", "90.0"));
        metrics.recovered("fleet", "slack");
        assertThat(metrics.text()).contains(line("failingSeconds", "0.0"));
        metrics.unreadable("fleet", "slack", "no incident");
        assertThat(metrics.text()).contains(line("undelivered", "1.0"));
    }

    private static String line(String name, String value) {
        return "noether_notify_" + name + "{job_name=\"noether_notify_fleet\",receiver=\"slack\"} " + value + "\n";
    }

    /** A clock that a test moves. */
    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
