package dev.noether.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.testing.RandomizedTest;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RankingTest extends RandomizedTest {
    @Test
    void figuresOfHandMadeScores() {
        Ranking.Builder builder = new Ranking.Builder();
        builder.add(4, 1, true);
        builder.add(3, 4, false);
        builder.add(2, 3, true);
        builder.add(1, 2, false);

        Ranking ranking = builder.build();

        assertThat(ranking.rows()).isEqualTo(4);
        assertThat(ranking.anomalousRows()).isEqualTo(2);
        // 3 of the 4 pairs of an anomalous and a normal row are in the right order, of the principal components 1.
        assertThat(ranking.aucRoc()).isEqualTo(0.75);
        assertThat(ranking.pcaAucRoc()).isEqualTo(0.25);
        // Precision at each anomalous row: 1 and 2/3; of the principal components 1/2 and 2/4.
        assertThat(ranking.aucPr()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
        assertThat(ranking.pcaAucPr()).isCloseTo((1 / 2.0 + 2 / 4.0) / 2, within(1e-12));
    }

    @Test
    void equalScoresRankLikeARandomOrder() {
        Ranking.Builder builder = new Ranking.Builder();
        for (int row = 0; row < 10; row++) {
            builder.add(1, 1, row < 3);
        }

        Ranking ranking = builder.build();

        assertThat(ranking.aucRoc()).isEqualTo(0.5);
        assertThat(ranking.aucPr()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void thereAreNoFiguresWithOneKindOfRowsOnly() {
        Ranking.Builder normal = new Ranking.Builder();
        Ranking.Builder anomalous = new Ranking.Builder();
        for (int row = 0; row < 5; row++) {
            normal.add(row, row, false);
            anomalous.add(row, row, true);
        }

        assertThat(normal.build()).isEqualTo(new Ranking(5, 0, null, null, null, null));
        assertThat(anomalous.build()).isEqualTo(new Ranking(5, 5, null, null, null, null));
        assertThat(new Ranking.Builder().build()).isEqualTo(new Ranking(0, 0, null, null, null, null));
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        RandomGenerator random = random();
        int rows = 5_000;
        float[] scores = normals(random, rows);
        float[] pcaScores = normals(random, rows);
        Ranking.Builder forward = new Ranking.Builder();
        Ranking.Builder backward = new Ranking.Builder();
        for (int row = 0; row < rows; row++) {
            forward.add(scores[row], pcaScores[row], row % 7 == 0);
            int other = rows - 1 - row;
            backward.add(scores[other], pcaScores[other], other % 7 == 0);
        }

        assertThat(backward.build()).isEqualTo(forward.build());
        assertThat(forward.build().rows()).isEqualTo(rows);
    }

    @Test
    void scoresAboveAllOthersRankPerfectly() {
        RandomGenerator random = random();
        Ranking.Builder builder = new Ranking.Builder();
        for (int row = 0; row < 3_000; row++) {
            boolean label = random.nextInt(10) == 0;
            builder.add((float) (random.nextDouble() + (label ? 1 : 0)), (float) random.nextDouble(), label);
        }

        Ranking ranking = builder.build();

        assertThat(ranking.aucRoc()).isEqualTo(1);
        assertThat(ranking.aucPr()).isCloseTo(1, within(1e-9));
        assertThat(ranking.pcaAucRoc()).isBetween(0.4, 0.6);
    }
}
