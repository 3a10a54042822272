package dev.noether.flink.source.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checkpoints hold the hashes: they must stay the same. */
class SeriesHashTest {
    @Test
    void isTheSameInEachVersion() {
        assertThat(SeriesHash.of("device", "eth0")).isEqualTo(-482_889_676_185_035_408L);
        assertThat(SeriesHash.of("", "")).isEqualTo(-5_115_162_479_779_449_349L);
        assertThat(SeriesHash.of("größe", "日本")).isEqualTo(-3_549_393_474_376_503_228L);
    }

    @Test
    void labelsInAnyOrderGiveTheSameAndOtherLabelsSomethingElse() {
        Set<Long> hashes = new HashSet<>();
        int count = 0;
        for (String name : new String[] {"a", "b", "ab", ""}) {
            for (int i = 0; i < 50_000; i++) {
                hashes.add(SeriesHash.of(name, "x" + i) + SeriesHash.of("device", "eth" + i % 7));
                count++;
            }
        }
        assertThat(hashes).hasSize(count);
        assertThat(SeriesHash.of("a", "bc")).isNotEqualTo(SeriesHash.of("ab", "c"));
        FieldValues values = new FieldValues(1);
        values.addLabel("device", "eth0");
        values.addLabel("way", "in");
        long series = values.series();
        values.clear();
        values.addLabel("way", "in");
        values.addLabel("device", "eth0");
        assertThat(values.series()).isEqualTo(series).isNotEqualTo(SeriesHash.NONE);
    }
}
