package dev.noether.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureSchemaTest {
    private static final long FROZEN_CPU_MEMORY_DISK = 0x20271278ba5b5c12L;
    private static final long FROZEN_TEMPERATURE = 0x1482cec343d99eaeL;

    @Test
    void theFingerprintNeverChanges() {
        assertThat(new FeatureSchema(List.of("cpu", "memory", "disk")).fingerprint())
                .isEqualTo(FROZEN_CPU_MEMORY_DISK);
        assertThat(new FeatureSchema(List.of("Temperatur °C")).fingerprint()).isEqualTo(FROZEN_TEMPERATURE);
    }

    @Test
    void orderAndBoundariesOfNamesMatter() {
        long fingerprint = new FeatureSchema(List.of("ab", "c")).fingerprint();
        assertThat(new FeatureSchema(List.of("ab", "c")).fingerprint()).isEqualTo(fingerprint);
        assertThat(new FeatureSchema(List.of("c", "ab")).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(new FeatureSchema(List.of("a", "bc")).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(new FeatureSchema(List.of("abc")).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(new FeatureSchema(List.of("c", "ab"))).isNotEqualTo(new FeatureSchema(List.of("ab", "c")));
    }

    @Test
    void copiesItsNames() {
        List<String> names = new ArrayList<>(List.of("cpu", "memory"));
        FeatureSchema schema = new FeatureSchema(names);
        names.set(0, "disk");
        assertThat(schema.size()).isEqualTo(2);
        assertThat(schema.name(0)).isEqualTo("cpu");
        assertThat(schema.names()).containsExactly("cpu", "memory").isUnmodifiable();
    }

    @Test
    void rejectsBlankAndDuplicateNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureSchema(List.of()))
                .withMessage("`features` must name at least one feature (got none)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureSchema(List.of("cpu", " ")))
                .withMessage("`features` must not hold a blank name (got [cpu,  ])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureSchema(List.of("cpu", "memory", "cpu")))
                .withMessage("`features` must not hold a name twice (got cpu twice)");
    }
}
