package dev.noether.lab.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.metric.DelayedScores;
import dev.noether.lab.metric.UcrScore;
import dev.noether.model.numeric.RankingMetrics;
import dev.noether.testing.RandomizedTest;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PeerCatalogTest extends RandomizedTest {
    private static final boolean[] LABELS = TestingSeries.labels(300, 100, 130);

    @Test
    void eachFindsWhatIsPlainToSeeAndChanceDoesNot() {
        EvaluationSeries series = TestingSeries.stream(3, 800, LABELS, List.of(), 2);
        for (Peer peer : peers(false)) {
            float[] scores = score(peer, series);
            assertThat(scores).as(peer.name()).hasSize(300).isEqualTo(score(peer, series));
            double area = RankingMetrics.aucRoc(scores, LABELS);
            if (peer.name().equals("random")) {
                assertThat(area).isBetween(0.3, 0.7);
            } else if (!peer.name().startsWith("pca") && !peer.name().equals("autoencoder")) {
                // Ten components and ten code units let all three features through: what they leave is rounding.
                assertThat(area).as(peer.name()).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void chanceIsAnotherOnOtherRows() {
        Peer random = PeerCatalog.all().get(0);
        assertThat(score(random, TestingSeries.stream(1, 10, LABELS, List.of(), 1)))
                .isNotEqualTo(score(random, TestingSeries.stream(1, 10, LABELS, List.of(), 2)));
    }

    @Test
    void peersOfOnePeriodAreForStreamsOfOneContinuousFeature() {
        assertThat(peers(true)).extracting(Peer::name).containsExactly("kmeans-ad", "sub-pca", "nearest-window");
        assertThat(peers(true)).noneMatch(Peer::tables).allMatch(Peer::streams);
    }

    /** A beat that is upside down has usual values; a window sees it until a period after its end. */
    @Test
    void peersOfOnePeriodFindABeatOfAnotherShape() {
        RandomGenerator random = random();
        Observations train = TestingWaves.of(TestingWaves.wave(random, 2_000, 50, 0.05));
        float[] rows = TestingWaves.wave(random, 800, 50, 0.05);
        boolean[] labels = TestingSeries.labels(800, 400, 450);
        for (int i = 400; i < 450; i++) {
            rows[i] = -rows[i];
        }
        for (Peer peer : peers(true)) {
            float[] scores = peer.detector().score(train, TestingWaves.of(rows));
            int delay = peer.detector().rankDelay(train).orElseThrow();
            assertThat(UcrScore.of(scores, labels)).as(peer.name()).isOne();
            assertThat(RankingMetrics.aucRoc(DelayedScores.of(scores, delay), labels))
                    .as(peer.name())
                    .isGreaterThan(0.95);
        }
    }

    private static List<Peer> peers(boolean periodic) {
        return PeerCatalog.all().stream()
                .filter(peer -> periodic == peer.detector() instanceof PeriodicPeer)
                .toList();
    }

    @Test
    void eachIsForStreamsOrTablesOrBoth() {
        assertThat(PeerCatalog.all()).allMatch(peer -> peer.isFor(true) || peer.isFor(false));
        assertThat(PeerCatalog.all()).extracting(Peer::name).doesNotHaveDuplicates();
    }

    private static float[] score(Peer peer, EvaluationSeries series) {
        return peer.detector()
                .score(
                        new Observations(series.train().values(), series.width()),
                        new Observations(series.test().values(), series.width()));
    }
}
