package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class OffsetWatchTest {
    private long oldest;
    private int questions;

    private final OffsetWatch watch = new OffsetWatch(partition -> {
        questions++;
        return oldest;
    });

    @Test
    void aGapIsALossOnlyBelowTheOldestOffset() {
        assertThat(watch.accept(0, 100)).as("the first record").isZero();
        assertThat(watch.accept(0, 102))
                .as("behind the marker of a transaction")
                .isZero();
        assertThat(questions).isZero();
        oldest = 50;
        assertThat(watch.accept(0, 200)).as("compacted or aborted").isZero();
        oldest = 1_000;
        assertThat(watch.accept(0, 1_000)).isEqualTo(799);
        oldest = 1_200;
        assertThat(watch.accept(0, 1_100)).as("removed after the read").isEqualTo(99);
        assertThat(watch.accept(3, 7)).isZero();
        assertThat(watch.accept(0, 1_101)).isZero();
    }

    @Test
    void aRestoredWatchKnowsWhatTheSubtaskThatReadLastKnew() throws IOException {
        watch.accept(0, 9);
        watch.accept(1, 99);
        OffsetWatch later = new OffsetWatch(partition -> oldest);
        later.accept(0, 499);
        OffsetWatch restored = new OffsetWatch(partition -> oldest);
        restored.read(written(later));
        restored.read(written(watch));
        oldest = 600;
        assertThat(restored.accept(0, 600)).isEqualTo(100);
        assertThat(restored.accept(1, 600)).isEqualTo(500);
        assertThat(restored.accept(2, 600)).isZero();
    }

    private static DataInputDeserializer written(OffsetWatch watch) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        watch.write(target);
        return new DataInputDeserializer(target.getCopyOfBuffer());
    }
}
