package dev.noether.model.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In 2,000 scores, exactly the 20 highest are high. */
final class ExtremalIndexTest extends RandomizedTest {
    private static final int SCORES = 2000;
    private static final int HIGH = 20;

    @Test
    void highScoresFarApartAreIndependent() {
        assertThat(index(evenlySpaced(12))).isEqualTo(1);
        assertThat(index(evenlySpaced(90))).isEqualTo(1);
    }

    @Test
    void highScoresWithAtMostTenOthersBetweenThemAreOneBurst() {
        assertThat(index(evenlySpaced(1))).isCloseTo(1 / 20.0, within(1e-12));
        assertThat(index(evenlySpaced(11))).as("ten windows between them").isCloseTo(1 / 20.0, within(1e-12));
    }

    @Test
    void theShareIsOneDividedByTheMeanSizeOfABurst() {
        List<Integer> places = new ArrayList<>();
        // Bursts of 1, 4 and 15 high scores.
        places.add(0);
        for (int i = 0; i < 4; i++) {
            places.add(500 + 3 * i);
        }
        for (int i = 0; i < 15; i++) {
            places.add(1000 + i);
        }
        assertThat(index(places)).isCloseTo(3 / 20.0, within(1e-12));
    }

    @Test
    void aBurstEndsWithItsEntity() {
        float[] scores = scores(IntStream.range(990, 1010).boxed().toList());
        float[] first = Arrays.copyOfRange(scores, 0, 1000);
        float[] second = Arrays.copyOfRange(scores, 1000, SCORES);
        assertThat(ofEntities(List.of(scores))).isCloseTo(1 / 20.0, within(1e-12));
        assertThat(ofEntities(List.of(first, second))).isCloseTo(2 / 20.0, within(1e-12));
    }

    /** Compares with the distances of neighbouring high scores. */
    @Test
    void countsLikeTheDistancesOfNeighbours() {
        RandomGenerator random = random();
        for (int round = 0; round < 200; round++) {
            boolean[] taken = new boolean[SCORES];
            int range = random.nextInt(HIGH, SCORES);
            int start = random.nextInt(SCORES - range + 1);
            for (int placed = 0; placed < HIGH; ) {
                int place = start + random.nextInt(range);
                placed += taken[place] ? 0 : 1;
                taken[place] = true;
            }
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < SCORES; i++) {
                if (taken[i]) {
                    places.add(i);
                }
            }
            int bursts = 1;
            for (int i = 1; i < HIGH; i++) {
                bursts += places.get(i) - places.get(i - 1) - 1 > 10 ? 1 : 0;
            }
            assertThat(index(places)).isCloseTo(bursts / 20.0, within(1e-12));
        }
    }

    @Test
    void withoutAHighScoreTheShareIsOne() {
        assertThat(ofEntities(List.of(new float[100]))).isEqualTo(1);
        assertThat(ofEntities(List.of(new float[] {7}))).isEqualTo(1);
    }

    private static List<Integer> evenlySpaced(int step) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < HIGH; i++) {
            places.add(100 + i * step);
        }
        return places;
    }

    private static double index(List<Integer> places) {
        return ofEntities(List.of(scores(places)));
    }

    private static float[] scores(List<Integer> places) {
        float[] scores = new float[SCORES];
        for (int i = 0; i < SCORES; i++) {
            scores[i] = i / (float) SCORES;
        }
        for (int place : places) {
            scores[place] += 10;
        }
        return scores;
    }

    private static double ofEntities(List<float[]> perEntity) {
        return ExtremalIndex.of(perEntity, SortedScores.of(perEntity));
    }
}
