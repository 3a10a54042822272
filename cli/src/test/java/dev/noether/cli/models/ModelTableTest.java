package dev.noether.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.schemas.DecisionFacts;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
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
        assertThat(ModelTable.lines(List.of(FIRST, SECOND), List.of(WITHDRAWN, OTHER), FIRST))
                .containsExactly(
                        "  version  SHA-256           stage       scores event times",
                        "*       1  aa                CHAMPION    from 1970-01-01T00:00:01Z",
                        "        2  bb                RETIRED     from 1970-01-01T00:00:01Z to before"
                                + " 1970-01-01T00:00:09Z; withdrawn by a person: It is noisy.",
                        "* is in force.");
        assertThat(ModelTable.lines(List.of(), List.of(), null)).last().isEqualTo("No model is in force.");
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
        JsonNode json =
                new ObjectMapper().valueToTree(ModelDescription.of(SECOND, List.of(WITHDRAWN, OTHER), false, true));
        assertThat(json.get("version").asLong()).isEqualTo(2);
        assertThat(json.get("scoresTo").asText()).isEqualTo("1970-01-01T00:00:09Z");
        assertThat(json.get("provenance").get("seed").asText()).isEqualTo("2");
        assertThat(json.get("decisions")).hasSize(1);
        JsonNode figure = json.get("decisions").get(0).get("figures").get(0);
        assertThat(figure.get("challenger").asDouble()).isEqualTo(20);
        assertThat(figure.has("champion")).isFalse();
        assertThat(json.get("decisions").get(0).get("otherVersion").asLong()).isEqualTo(1);
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
