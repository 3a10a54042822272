package dev.noether.flink.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class OffsetRangesTest extends RandomizedTest {
    private static final int CASES = 300;

    @Test
    void areASetOfOffsets(RandomGenerator random) throws IOException {
        for (int i = 0; i < CASES; i++) {
            long base = random.nextBoolean() ? 0 : random.nextLong(1L << 40);
            int span = 1 + random.nextInt(400);
            TreeSet<Long> expected = offsets(random, base, span);
            TreeSet<Long> other = offsets(random, base, span);
            OffsetRanges ranges = ranges(expected);
            long from = base + random.nextInt(span);
            long to = from + random.nextInt(span);
            TreeSet<Long> gaps = new TreeSet<>();
            TreeSet<Long> both = new TreeSet<>(expected);
            both.retainAll(other);
            for (long offset = Math.max(0, base - 2); offset < base + span + 2; offset++) {
                assertThat(ranges.contains(offset)).isEqualTo(expected.contains(offset));
                if (offset >= from && offset < to && !expected.contains(offset)) {
                    gaps.add(offset);
                }
            }
            for (long offset = base + span + 2; offset < to; offset++) {
                gaps.add(offset);
            }
            assertThat(ranges.count()).isEqualTo(expected.size());
            assertThat(ranges.gaps(from, to)).isEqualTo(ranges(gaps));
            assertThat(ranges.intersect(ranges(other))).isEqualTo(ranges(both));
            assertThat(ranges.from(from)).isEqualTo(ranges(new TreeSet<>(expected.tailSet(from))));
            assertThat(copy(ranges)).isEqualTo(ranges);
        }
    }

    @Test
    void aMillionOffsetsInOneRangeTakeOneRange() {
        OffsetBitmap bitmap = new OffsetBitmap();
        SplittableRandom random = new SplittableRandom(1);
        int first = random.nextInt(1_000);
        for (int i = 999_999; i >= 0; i--) {
            bitmap.add(first + i);
        }
        assertThat(bitmap.ranges()).isEqualTo(OffsetRanges.of(first, first + 1_000_000));
    }

    @Test
    void areSaidInWords() {
        OffsetRanges ranges =
                new OffsetRanges.Builder().add(8_811, 9_900).add(10_000, 10_020).build();
        assertThat(ranges).hasToString("1,109 between offsets 8,811 and 10,019");
        assertThat(new PartitionAudit(3, 0, OffsetRanges.NONE, ranges, 20_000, 1).message())
                .isEqualTo("partition 3: 1,109 observations between offsets 8,811 and 10,019 have no score");
        assertThat(new PartitionAudit(0, 0, OffsetRanges.NONE, OffsetRanges.of(7, 8), 9, 1).message())
                .isEqualTo("partition 0: 1 observation, at offset 7, has no score");
    }

    private static TreeSet<Long> offsets(RandomGenerator random, long base, int span) {
        TreeSet<Long> offsets = new TreeSet<>();
        double share = random.nextDouble();
        for (int i = 0; i < span; i++) {
            if (random.nextDouble() < share) {
                offsets.add(base + i);
            }
        }
        return offsets;
    }

    private static OffsetRanges ranges(TreeSet<Long> offsets) {
        OffsetBitmap bitmap = new OffsetBitmap();
        offsets.forEach(bitmap::add);
        return bitmap.ranges();
    }

    private static OffsetRanges copy(OffsetRanges ranges) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        ranges.write(target);
        return OffsetRanges.read(new DataInputDeserializer(target.getCopyOfBuffer()));
    }
}
