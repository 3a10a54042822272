package dev.noether.flink.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.scoring.TestingModels;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.testing.RandomizedTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ReleaseTimelineTest extends RandomizedTest {
    private static final long END = ModelRelease.NO_END;

    @Test
    void aWithdrawnModelKeepsTheRowsBeforeItsEndAndTheModelBeforeItTakesTheOthers() {
        ReleaseTimeline timeline = new ReleaseTimeline(List.of(release(1, 0, END), release(2, 10, 20)));
        assertThat(timeline.at(-1)).isNull();
        assertThat(timeline.at(9)).extracting(ModelRelease::version).isEqualTo(1L);
        assertThat(timeline.at(10)).extracting(ModelRelease::version).isEqualTo(2L);
        assertThat(timeline.at(19)).extracting(ModelRelease::version).isEqualTo(2L);
        assertThat(timeline.at(20)).extracting(ModelRelease::version).isEqualTo(1L);
    }

    @Test
    void theModelInForceIsNeededMostHoweverManyLaterOnesWereWithdrawn() {
        List<ModelRelease> releases = new ArrayList<>(List.of(release(1, 0, END)));
        for (int version = 2; version <= 20; version++) {
            releases.add(release(version, version * 10L, version * 10L + 5));
        }
        List<ModelRelease> needed = new ReleaseTimeline(releases).latestFirst();
        assertThat(needed.subList(0, 4)).extracting(ModelRelease::version).containsExactly(1L, 20L, 19L, 18L);
    }

    @Test
    void stagesThatDoNotScoreAreNotPartOfIt() {
        ModelRelease model = release(1, 0, END);
        assertThat(ReleaseTimeline.mayScore(model)).isTrue();
        for (ReleaseStage stage : List.of(ReleaseStage.CHALLENGER, ReleaseStage.REFUSED, ReleaseStage.RETIRED)) {
            assertThat(ReleaseTimeline.mayScore(model.inStage(stage, 0, END, 1)))
                    .isFalse();
        }
        assertThat(ReleaseTimeline.mayScore(model.inStage(ReleaseStage.RETIRED, 0, 0, 1)))
                .isFalse();
        assertThat(ReleaseTimeline.mayScore(model.inStage(ReleaseStage.RETIRED, 0, 5, 1)))
                .isTrue();
    }

    @Test
    void ofTwoAnnouncementsOfOneVersionAllReadersTakeTheSame() {
        ModelRelease earlier = release(1, 0, END);
        ModelRelease later = earlier.inStage(ReleaseStage.RETIRED, 0, 10, 1);
        assertThat(ReleaseTimeline.replaces(later, earlier)).isTrue();
        assertThat(ReleaseTimeline.replaces(earlier, later)).isFalse();
        ModelRelease other = TestingModels.release(1, 0, "file:///b", "bb", TestingModels.features(1));
        assertThat(ReleaseTimeline.replaces(other, earlier)).isTrue();
        assertThat(ReleaseTimeline.replaces(earlier, other)).isFalse();
    }

    @Test
    void theLastUseIsTheOneThatEachEventTimeGives(RandomGenerator random) {
        for (int round = 0; round < 500; round++) {
            List<ModelRelease> releases = new ArrayList<>();
            for (int version = 1; version <= 1 + random.nextInt(6); version++) {
                long from = random.nextInt(12);
                releases.add(release(version, from, random.nextBoolean() ? END : from + random.nextInt(8)));
            }
            ReleaseTimeline timeline = new ReleaseTimeline(releases);
            for (ModelRelease release : releases) {
                long expected = Long.MIN_VALUE;
                for (long time = 0; time < 30; time++) {
                    expected = release.equals(timeline.at(time)) ? time + 1 : expected;
                }
                assertThat(timeline.usedUntil(release))
                        .as("%s in %s", release.identity(), releases)
                        .isEqualTo(expected == 30 ? END : expected);
            }
            assertThat(timeline.latestFirst())
                    .isSortedAccordingTo(Comparator.<ModelRelease>comparingLong(timeline::usedUntil)
                            .reversed());
        }
    }

    private static ModelRelease release(long version, long from, long to) {
        ModelRelease open = TestingModels.release(version, from, "file:///a", "aa", TestingModels.features(1));
        return to == END ? open : open.inStage(ReleaseStage.RETIRED, from, to, 1);
    }
}
