package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.mapping.MetricAggregate;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The state of an entity: its bytes, its copies, and many readings of one series. */
class EntityRowsTest {
    /** What version 1 of the format wrote for {@link #sample}: the greatest time of all partitions. It stays readable. */
    private static final String VERSION_1 =
            "0100000002000000000000ea60000000000000000500000000000000090000000000094ed00000000000093b48000000"
                    + "00000003090000000100000001000000000000002a00000000000923d842a2309ce54000000000000100000000000000"
                    + "0a000000000000014d000000023fe800000000000000000000000000000000000000094ed00000000000000002000000"
                    + "02000000000000002a0000000100000000000956a042a2309ce540060000000003000000000000002b00000001000000"
                    + "0000095a88402000000000000000000000000000000000000000000000";

    /** What version 2 writes for it. */
    private static final String VERSION_2 =
            "0200000002000000000000ea60000000000000000500000000000000090000000000094ed00000000000000309010000"
                    + "0000000000000000000000093b480000000100000001000000000000002a00000000000923d842a2309ce54000000000"
                    + "0001000000000000000a000000000000014d000000023fe800000000000000000000000000000000000000094ed00000"
                    + "00000000000200000002000000000000002a0000000100000000000956a042a2309ce540060000000003000000000000"
                    + "002b000000010000000000095a88402000000000000000000000000000000000000000000000";

    private static EntityRows sample() {
        EntityRows rows = new EntityRows(new AssemblyShape(2, 60_000, 5));
        rows.closeUpTo(9);
        rows.see(610_000);
        rows.partitions().see(EntityPartitions.UNKNOWN_PARTITION, 605_000);
        rows.setTimer(777);
        rows.previous().put(1, 42, 599_000, 1e13);
        OpenRow row = new OpenRow(2);
        row.open(10, 333);
        row.aggregates().add(0, MetricAggregate.SUM, 610_000, 0.5);
        row.aggregates().add(0, MetricAggregate.SUM, 611_000, 0.25);
        row.samples().add(1, false, 42, 612_000, 1e13 + 3);
        row.samples().add(1, true, 43, 613_000, 8);
        rows.add(row);
        return rows;
    }

    private static byte[] bytes(EntityRows rows) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        EntityRowsSerializer.INSTANCE.serialize(rows, target);
        return target.getCopyOfBuffer();
    }

    @Test
    void bytesOfBothVersionsAreRead() throws Exception {
        assertThat(HexFormat.of().formatHex(bytes(sample()))).isEqualTo(VERSION_2);
        for (String stored : new String[] {VERSION_1, VERSION_2}) {
            EntityRows read = EntityRowsSerializer.INSTANCE.deserialize(
                    new DataInputDeserializer(HexFormat.of().parseHex(stored)));
            assertThat(bytes(read)).isEqualTo(bytes(sample()));
            assertThat(read.first().samples().growth(0, read.previous().value(0)))
                    .isEqualTo(3);
        }
    }

    /** A checkpoint writes the original while the job changes a copy. */
    @Test
    void aCopySharesNothingWithTheOriginal() throws Exception {
        EntityRows original = sample();
        byte[] before = bytes(original);
        EntityRows copy = EntityRowsSerializer.INSTANCE.copy(original);
        assertThat(bytes(copy)).isEqualTo(before);
        copy.first().aggregates().add(1, MetricAggregate.LAST, 1, 1);
        copy.first().samples().add(1, false, 42, 612_500, 7);
        copy.first().samples().add(1, true, 43, 612_500, 7);
        copy.first().samples().add(1, false, 44, 612_500, 7);
        copy.previous().put(1, 42, 1, 1);
        copy.partitions().see(77, 1);
        copy.removeFirst();
        assertThat(bytes(original)).isEqualTo(before);
    }

    /** A thousand closed intervals with many readings would hold gigabytes. */
    @Test
    void theMemoryOfALargeIntervalIsFreed() {
        OpenRows rows = new OpenRows(1, 10);
        OpenRow large = rows.open(0, 0);
        for (int i = 0; i < 2_000; i++) {
            large.samples().add(0, false, i, i, i);
        }
        rows.close(large);
        OpenRow small = rows.open(1, 0);
        assertThat(small).isNotSameAs(large);
        rows.close(small);
        assertThat(rows.open(2, 0)).isSameAs(small);
    }

    /** 4,096 series with 4,096 readings each would be 256 MiB. */
    @Test
    void theReadingsOfAnIntervalAreBounded() throws Exception {
        OpenRow row = new OpenRow(1);
        int added = 0;
        int refused = 0;
        for (int reading = 0; reading < 50; reading++) {
            for (int series = 0; series < 2_000; series++) {
                // Every second reading is a reset, so that none is without effect.
                boolean hasRoom = row.samples().add(0, false, series, reading, reading % 2 == 0 ? 9 : 0);
                added += hasRoom ? 1 : 0;
                refused += hasRoom ? 0 : 1;
            }
        }
        assertThat(added).isEqualTo(SeriesSamples.MOST_READINGS_OF_ALL);
        assertThat(refused).isEqualTo(100_000 - added);
        assertThat(row.samples().room()).isLessThanOrEqualTo(2 * added);
        OpenRow copy = row.copy();
        assertThat(copy.samples().add(0, false, 1, 50, 1)).isFalse();
        DataOutputSerializer target = new DataOutputSerializer(64);
        row.write(target);
        OpenRow read = new OpenRow(1);
        read.read(new DataInputDeserializer(target.getCopyOfBuffer()));
        assertThat(read.samples().add(0, false, 1, 50, 1)).isFalse();
        row.open(1, 1);
        assertThat(row.samples().add(0, false, 1, 50, 1)).isTrue();
    }

    /** Beyond the bound a new series has no place: it would get a reading that nobody sent, and no longer be bounded. */
    @Test
    void aSeriesThatComesWhenThereIsNoMoreRoomIsLeftOut() throws Exception {
        OpenRow row = new OpenRow(1);
        for (int i = 0; i < SeriesSamples.MOST_READINGS_OF_ALL; i++) {
            // Every second reading is a reset, so that none is without effect.
            row.samples().add(0, false, i % 4_000, 900 + i / 4_000, i / 4_000 % 2 == 0 ? 5 : 0);
        }
        assertThat(row.samples().size()).isEqualTo(4_000);
        for (int i = 0; i < 50; i++) {
            assertThat(row.samples().add(0, false, 10_000 + i, 1_000, 1_000)).isFalse();
            assertThat(row.samples().add(0, false, i, 1_000 + i, 0)).isFalse();
        }
        assertThat(row.samples().size()).isEqualTo(4_000);
        DataOutputSerializer target = new DataOutputSerializer(64);
        row.write(target);
        OpenRow read = new OpenRow(1);
        read.read(new DataInputDeserializer(target.getCopyOfBuffer()));
        assertThat(read.samples().add(0, false, 10_000, 1_000, 1_000)).isFalse();
        assertThat(read.samples().size()).isEqualTo(4_000);
        // Increases keep only their sum, and need no room for readings.
        assertThat(row.samples().add(0, true, 10_000, 1_000, 1_000)).isTrue();
    }

    /** More readings than are kept: those without which the growth is the same are left out. */
    @Test
    void manyReadingsOfASeriesKeepItsResets() {
        SeriesSamples samples = new SeriesSamples();
        double growth = 0;
        double counter = 5;
        for (int i = 0; i < 3 * SeriesSamples.MOST_READINGS; i++) {
            boolean isReset = i % 1_000 == 999;
            growth += isReset ? 1 : 2;
            counter = isReset ? 1 : counter + 2;
            assertThat(samples.add(0, false, 1, i, counter)).isTrue();
        }
        assertThat(samples.growth(0, 5)).isEqualTo(growth);
    }
}
