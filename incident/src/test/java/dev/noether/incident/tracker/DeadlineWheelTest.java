package dev.noether.incident.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DeadlineWheelTest extends RandomizedTest {
    private record Deadline(long time, int key) {}

    private final DeadlineWheel<Integer> wheel = new DeadlineWheel<>();
    private final List<Deadline> visited = new ArrayList<>();

    @Test
    void aDeadlineIsMetAtTheEndOfItsBucket(RandomGenerator random) {
        for (int i = 0; i < 10_000; i++) {
            long deadline = random.nextLong() >> random.nextInt(1, 63);
            long due = DeadlineWheel.dueTime(deadline);
            assertThat(due).isBetween(deadline, deadline + DeadlineWheel.BUCKET_MILLIS - 1);
            assertThat(due % DeadlineWheel.BUCKET_MILLIS).isZero();
        }
    }

    @Test
    void aDeadlineAtTheEndOfTimeIsNeverMet() {
        assertThat(DeadlineWheel.dueTime(EntityTrack.NEVER)).isEqualTo(EntityTrack.NEVER);
        assertThat(DeadlineWheel.dueTime(Long.MAX_VALUE - 1)).isEqualTo(EntityTrack.NEVER);
        assertThat(DeadlineWheel.dueTime(Long.MAX_VALUE - DeadlineWheel.BUCKET_MILLIS))
                .isBetween(Long.MAX_VALUE - DeadlineWheel.BUCKET_MILLIS, Long.MAX_VALUE);
    }

    /** Against a sorted list. */
    @Test
    void eachKeyIsVisitedOnceWhenItIsDueAndTheEarliestFirst(RandomGenerator random) {
        List<Deadline> open = new ArrayList<>();
        for (long now = 0; now < 100_000; now += random.nextInt(2_000)) {
            for (int i = random.nextInt(20); i > 0; i--) {
                Deadline deadline =
                        new Deadline(DeadlineWheel.dueTime(now + 1 + random.nextInt(10_000)), random.nextInt(50));
                open.add(deadline);
                wheel.add(deadline.time(), deadline.key());
            }
            visited.clear();
            wheel.advance(now, (time, key) -> visited.add(new Deadline(time, key)));
            long latest = now;
            List<Deadline> due = new ArrayList<>(open);
            due.removeIf(deadline -> deadline.time() > latest);
            due.sort(Comparator.comparingLong(Deadline::time));
            assertThat(visited).as("at %d", now).isEqualTo(due);
            open.removeIf(deadline -> deadline.time() <= latest);
            assertThat(wheel.size()).isEqualTo(open.size());
        }
    }

    @Test
    void aVisitorMayAddKeysThatAreDueInTheSameAdvance() {
        wheel.add(64, 1);
        wheel.advance(1_000, (time, key) -> {
            visited.add(new Deadline(time, key));
            if (key < 20) {
                wheel.add(time + 64, key + 1);
            }
        });
        assertThat(visited).hasSize(15).last().isEqualTo(new Deadline(960, 15));
        assertThat(wheel.size()).isEqualTo(1);
    }

    @Test
    void anEmptiedWheelVisitsNothing() {
        wheel.add(64, 1);
        wheel.add(128, 2);
        wheel.clear();
        wheel.advance(Long.MAX_VALUE, (time, key) -> visited.add(new Deadline(time, key)));
        assertThat(visited).isEmpty();
        wheel.add(192, 3);
        wheel.advance(192, (time, key) -> visited.add(new Deadline(time, key)));
        assertThat(visited).containsExactly(new Deadline(192, 3));
    }
}
