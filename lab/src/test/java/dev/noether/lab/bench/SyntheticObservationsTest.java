package dev.noether.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SyntheticObservationsTest {
    private final FeatureSchema schema = new FeatureSchema(List.of("a", "b"));

    @Test
    void entitiesReportInTurnOnceASecond() {
        SyntheticObservations observations = new SyntheticObservations(schema, 3, 1);
        Map<String, Long> last = new HashMap<>();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < 30; i++) {
            Observation observation = observations.next();
            assertThat(observation.entity()).isEqualTo("entity-" + i % 3);
            assertThat(observation.eventTime()).as("time never falls").isGreaterThanOrEqualTo(before);
            before = observation.eventTime();
            Long previous = last.put(observation.entity(), observation.eventTime());
            if (previous != null) {
                assertThat(observation.eventTime() - previous).isEqualTo(1_000);
            }
        }
        assertThat(last).hasSize(3);
    }

    @Test
    void theSameSeedGivesTheSameObservations() {
        SyntheticObservations first = new SyntheticObservations(schema, 2, 5);
        SyntheticObservations second = new SyntheticObservations(schema, 2, 5);
        SyntheticObservations other = new SyntheticObservations(schema, 2, 6);
        float[] values = first.values();
        assertThat(second.values()).isEqualTo(values);
        assertThat(other.values()).isNotEqualTo(values);
    }

    @Test
    void valuesAreStandardNormal() {
        SyntheticObservations observations = new SyntheticObservations(schema, 1, 5);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 10_000; i++) {
            for (float value : observations.values()) {
                sum += value;
                squares += value * value;
            }
        }
        assertThat(sum / 20_000).isCloseTo(0, within(0.05));
        assertThat(squares / 20_000).isCloseTo(1, within(0.05));
    }

    @Test
    void featuresAreGivenByPosition() {
        Observation observation = new SyntheticObservations(schema, 1, 5).next();
        assertThat(observation.features()).isInstanceOf(Features.Positional.class);
    }
}
