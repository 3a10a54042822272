package dev.noether.incident.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.rule.FeatureRule.Direction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private final RuleBook book = new RuleBook(
            Map.of(
                    "latency", new FeatureRule(Direction.UP, 5, 0.1),
                    "requests", new FeatureRule(Direction.DOWN, 0, 0)),
            MaintenanceCalendar.EMPTY);

    @Test
    void theWrongDirectionIsSuppressedWithItsReason() {
        assertThat(suppression(of("latency", 0.8f, 10, 90), of("cpu", 0.2f, 1, 2)))
                .isEqualTo("direction: latency fell, only its rise counts");
        assertThat(suppression(of("requests", 0.8f, 90, 10)))
                .isEqualTo("direction: requests rose, only its fall counts");
    }

    @Test
    void tooSmallADeviationIsSuppressedWithItsReason() {
        assertThat(suppression(of("latency", 1, 14.9f, 10))).isEqualTo("deviation: latency deviates by less than 5.0");
        assertThat(suppression(of("latency", 1, 109, 100)))
                .isEqualTo("deviation: latency deviates by less than 0.1 of the expected value");
        assertThat(suppression(of("latency", 1, 111, 100))).isNull();
    }

    @Test
    void halfOfTheScoreMustCount() {
        assertThat(suppression(of("latency", 0.5f, 0, 90), of("cpu", 0.5f, 1, 2)))
                .isNull();
        assertThat(suppression(of("latency", 0.51f, 0, 90), of("cpu", 0.49f, 1, 2)))
                .isNotNull();
        assertThat(suppression()).isNull();
    }

    @Test
    void refusesDeviationsThatAreNegativeOrNaN() {
        assertThatThrownBy(() -> new FeatureRule(null, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FeatureRule(null, 0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private String suppression(FeatureEvidence... evidence) {
        return book.suppression("a", 0, List.of(evidence));
    }

    private static FeatureEvidence of(String feature, float share, float observed, float expected) {
        return new FeatureEvidence(feature, share, observed, expected, 1, Float.NaN, Float.NaN);
    }
}
