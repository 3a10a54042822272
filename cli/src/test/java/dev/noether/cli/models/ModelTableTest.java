package dev.noether.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import dev.noether.schemas.ShadowAlarms;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowFigures;
import dev.noether.schemas.ShadowOutcome;
import dev.noether.schemas.ShadowRange;
import dev.noether.schemas.ShadowRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTableTest {
    private static final ModelRelease FIRST = release(1, "aa", Map.of("seed", "1", "config", "a: 1\nb: 2"));
    private static final ModelRelease SECOND = release(2, "bb", Map.of("seed", "2", "config", "a: 1\nb: 3"))
            .inStage(ReleaseStage.RETIRED, 1_000, 9_000, 5);
    private static final PromotionDecision WITHDRAWN = new PromotionDecision.Withdrawn(new DecisionFacts(
            "fleet",
            SECOND.identity(),
            FIRST.identity(),
            "It is noisy.",
            "a person",
            7_000,
            List.of(new GateFigure("alarms", 20, Double.NaN, 0.5, false, "20 alarms"))));
    /** On another model of the same version. */
    private static final PromotionDecision OTHER = new PromotionDecision.Refused(
            new DecisionFacts("fleet", new ModelIdentity(2, "cc"), null, "It is deaf.", "gate", 1, List.of()));

    @Test
    void theListMarksTheModelInForceAndHasTheDecisionOnEachModel() {
        assertThat(ModelTable.lines(content(List.of(FIRST, SECOND), List.of(WITHDRAWN, OTHER)), FIRST))
                .containsExactly(
                        "  version  SHA-256           stage       scores event times",
                        "*       1  aa                CHAMPION    from 1970-01-01T00:00:01Z",
                        "        2  bb                RETIRED     from 1970-01-01T00:00:01Z to before"
                                + " 1970-01-01T00:00:09Z; withdrawn by a person: It is noisy.",
                        "* is in force.");
        assertThat(ModelTable.lines(content(List.of(), List.of()), null)).last().isEqualTo("No model is in force.");
    }

    @Test
    void theDifferencesNameBothValuesAndTheLinesOfTheConfiguration() {
        assertThat(ModelTable.differences(FIRST, SECOND))
                .contains("SHA-256: aa → bb", "stage: CHAMPION → RETIRED", "seed: 1 → 2", "- b: 2", "+ b: 3")
                .noneMatch(line -> line.contains("a: 1"));
        assertThat(ModelTable.differences(FIRST, FIRST)).isEmpty();
    }

    @Test
    void theJsonHasNoNumbersThatThereAreNot() {
        JsonNode json = new ObjectMapper()
                .valueToTree(
                        ModelDescription.of(SECOND, content(List.of(SECOND), List.of(WITHDRAWN, OTHER)), false, true));
        assertThat(json.get("version").asLong()).isEqualTo(2);
        assertThat(json.get("scoresTo").asText()).isEqualTo("1970-01-01T00:00:09Z");
        assertThat(json.get("provenance").get("seed").asText()).isEqualTo("2");
        assertThat(json.get("decisions")).hasSize(1);
        JsonNode figure = json.get("decisions").get(0).get("figures").get(0);
        assertThat(figure.get("challenger").asDouble()).isEqualTo(20);
        assertThat(figure.has("champion")).isFalse();
        assertThat(json.get("decisions").get(0).get("otherVersion").asLong()).isEqualTo(1);
    }

    @Test
    void aChallengerSaysWhereItIsAndHowItCompares() {
        ModelRelease third = release(3, "dd", Map.of()).inStage(ReleaseStage.CHALLENGER, 5, ModelRelease.NO_END, 8);
        ModelsTopicContent waiting = content(List.of(FIRST, third), List.of());
        assertThat(ModelTable.lines(waiting, FIRST).get(2))
                .endsWith("none; waits for its shadow, which a retrainer begins");
        assertThat(ModelTable.lines(shadowed(third, ShadowOutcome.RUNNING), FIRST)
                        .get(2))
                .endsWith("; in shadow from 1970-01-01T00:00:05Z to before 1970-01-01T00:00:09Z, 1,200 rows compared"
                        + " with model 1");
        ModelsTopicContent passed = shadowed(third, ShadowOutcome.PASSED);
        assertThat(ModelTable.lines(passed, FIRST).get(2))
                .endsWith("; passed its shadow; let it score with ./noether models promote 3");
        assertThat(String.join("\n", ShadowDescription.lines(third.identity(), passed.shadows())))
                .contains("## Shadow: passed", "1,200 rows of about 40 entities", "ratio 3.00 (0.750 to Infinity)");
        JsonNode json = new ObjectMapper().valueToTree(ModelDescription.of(third, passed, false, false));
        assertThat(json.get("shadow").get("comparedRows").asLong()).isEqualTo(1_200);
        assertThat(json.get("shadow").get("alarmRatio").asDouble()).isEqualTo(3);
        assertThat(json.get("shadow").has("alarmRatioHigh")).isFalse();
    }

    private static ModelsTopicContent shadowed(ModelRelease release, ShadowOutcome outcome) {
        ShadowComparison shadow = new ShadowComparison(
                "fleet",
                release.identity(),
                FIRST.identity(),
                new ShadowRange(5_000, 9_000, false),
                new ShadowRows(1_200, 7, 40, 3, 5, 1),
                new ShadowAlarms(1, 2, 0),
                new ShadowFigures(0.75, Double.POSITIVE_INFINITY, 0.875, 1.5),
                outcome,
                10_000);
        return new ModelsTopicContent(List.of(FIRST, release), List.of(), List.of(shadow), null, null);
    }

    private static ModelsTopicContent content(List<ModelRelease> releases, List<PromotionDecision> decisions) {
        return new ModelsTopicContent(releases, decisions, null, null);
    }

    private static ModelRelease release(long version, String hash, Map<String, String> provenance) {
        return new ModelRelease(
                "fleet",
                version,
                new ReleasedArtifact("file:///m-" + version, hash, 10),
                7,
                1_000,
                ReleaseStage.CHAMPION,
                4,
                new ReleaseCalibration(0.999, 3.25, 30_000),
                provenance);
    }
}
