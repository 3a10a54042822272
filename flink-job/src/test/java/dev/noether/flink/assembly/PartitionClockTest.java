package dev.noether.flink.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.incident.clock.SourceClock;
import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionClockTest extends RandomizedTest {
    private static final long MINUTE = 60_000;

    @Test
    void oneEntityWithAWrongClockClosesNoInterval() {
        PartitionClock clock = new PartitionClock(1);
        for (int minute = 0; minute < 20; minute++) {
            for (int host = 0; host < 8; host++) {
                clock.observe("host-" + host, (minute + (host == 3 ? 1_000 : 0)) * MINUTE);
            }
        }
        assertThat(clock.reached()).isEqualTo(19 * MINUTE);
    }

    @Test
    void aSmallFleetIsNotBehind() {
        PartitionClock clock = new PartitionClock(1);
        assertThat(clock.reached()).isEqualTo(SourceClock.UNKNOWN);
        for (int minute = 0; minute < 5; minute++) {
            clock.observe("a", minute * MINUTE);
            clock.observe("b", minute * MINUTE);
        }
        assertThat(clock.reached()).isEqualTo(4 * MINUTE);
    }

    /** A host that sends one time of tomorrow must not make the values of a day late. */
    @Test
    void oneWrongTimeOfTheOnlyEntityMovesNothing() {
        PartitionClock clock = new PartitionClock(1);
        for (int minute = 0; minute < 20; minute++) {
            clock.observe("a", minute * MINUTE);
            if (minute == 10) {
                clock.observe("a", 1_000 * MINUTE);
            }
        }
        assertThat(clock.reached()).isEqualTo(19 * MINUTE);
    }

    @Test
    void afterASilenceOfTheOnlyEntityTheSecondRecordCounts() {
        PartitionClock clock = new PartitionClock(1);
        for (int minute = 0; minute < 10; minute++) {
            clock.observe("a", minute * MINUTE);
        }
        clock.observe("a", 1_000 * MINUTE);
        assertThat(clock.reached()).isEqualTo(9 * MINUTE);
        clock.observe("a", 1_001 * MINUTE);
        assertThat(clock.reached()).isEqualTo(1_000 * MINUTE);
        clock.observe("a", 1_002 * MINUTE);
        assertThat(clock.reached()).isEqualTo(1_002 * MINUTE);
    }

    @Test
    void ofTwoEntitiesThatContradictEachOtherTheEarlierOneCounts() {
        PartitionClock clock = new PartitionClock(1);
        for (int minute = 0; minute < 20; minute++) {
            clock.observe("wrong", (minute + 1_000) * MINUTE);
            clock.observe("right", minute * MINUTE);
        }
        assertThat(clock.reached()).isEqualTo(19 * MINUTE);
        for (int minute = 20; minute < 40; minute++) {
            clock.observe("wrong", (minute + 1_000) * MINUTE);
        }
        assertThat(clock.reached()).as("the other one has gone").isEqualTo(1_039 * MINUTE);
    }

    @Test
    void anEntityThatReportsRarelyDoesNotHoldTheOtherOneUp() {
        PartitionClock clock = new PartitionClock(1);
        for (int minute = 0; minute < 350; minute++) {
            clock.observe("often", minute * MINUTE);
            if (minute % 60 == 0) {
                clock.observe("rarely", minute * MINUTE);
            }
        }
        assertThat(clock.reached()).isEqualTo(349 * MINUTE);
    }

    @Test
    void aValueOfLongAgoDoesNotTurnItBack() {
        PartitionClock clock = new PartitionClock(1);
        for (int minute = 0; minute < 10; minute++) {
            clock.observe("a", minute * MINUTE);
        }
        clock.observe("a", 0);
        assertThat(clock.reached()).isEqualTo(9 * MINUTE);
        clock.observe("a", 10 * MINUTE);
        assertThat(clock.reached()).isEqualTo(10 * MINUTE);
    }

    /** What is late after a restart is what would have been late without it. */
    @Test
    void aRestoredClockGoesOnLikeTheOneThatWasSaved(RandomGenerator random) throws Exception {
        TopicPartition partition = new TopicPartition("telemetry", 3);
        for (int entities : new int[] {1, 2, 3, 9, 300}) {
            PartitionClocks clocks = new PartitionClocks();
            PartitionClock other = new PartitionClock(PartitionClock.id("telemetry", 3));
            for (int i = 0; i < 3_000; i++) {
                int entity = random.nextInt(entities);
                long jump = random.nextInt(50) == 0 ? 100 * MINUTE : 0;
                long time = i * MINUTE / entities + random.nextInt(90_000) + jump;
                assertThat(clocks.of(partition).observe("entity-" + entity, time))
                        .as("record %d of %d entities", i, entities)
                        .isEqualTo(other.observe("entity-" + entity, time));
                if (random.nextInt(200) == 0) {
                    byte[] saved = clocks.save(partition);
                    clocks = new PartitionClocks();
                    clocks.restore(partition, saved);
                }
            }
        }
    }
}
