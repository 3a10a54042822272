package dev.noether.flink.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LeastRecentTest extends RandomizedTest {
    @Test
    void whatIsKeptDoesNotDependOnTheOrderInWhichItIsOffered(RandomGenerator random) {
        for (int trial = 0; trial < 200; trial++) {
            List<String> entities = new ArrayList<>();
            Map<String, Long> times = new HashMap<>();
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                entities.add("e" + i);
                times.put("e" + i, (long) random.nextInt(8));
            }
            int capacity = 1 + random.nextInt(20);
            LeastRecent least = new LeastRecent(capacity);
            Collections.shuffle(entities, new java.util.Random(random.nextLong()));
            entities.forEach(entity -> least.offer(entity, times.get(entity)));
            List<String> expected = entities.stream()
                    .sorted(Comparator.<String>comparingLong(times::get).thenComparing(Comparator.naturalOrder()))
                    .limit(capacity)
                    .toList();
            assertThat(least.entities()).isEqualTo(expected);
            assertThat(least.size()).isEqualTo(expected.size());
        }
    }
}
