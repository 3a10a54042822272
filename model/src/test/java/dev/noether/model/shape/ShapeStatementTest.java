package dev.noether.model.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sentence that says whether shapes are judged. */
final class ShapeStatementTest {
    @Test
    void itNamesTheFeatureAndThePeriods() {
        assertThat(ShapeStatement.of(Map.of("shape.used", "true", "shape.feature", "pulse", "shape.period", "40 67")))
                .isEqualTo("the shape of pulse is judged: it repeats after about 40 or 67 rows");
    }

    @Test
    void itSaysWhyNot() {
        Map<String, String> unused =
                ShapeTrainer.unused("the history has 3 rows").provenance();
        assertThat(ShapeStatement.of(unused)).isEqualTo("shapes are not judged: the history has 3 rows");
        assertThat(ShapeStatement.isMissing(ShapeChoice.ON, unused)).isTrue();
        assertThat(ShapeStatement.isMissing(ShapeChoice.AUTO, unused)).isFalse();
    }

    @Test
    void aModelTrainedWithoutAShapeViewSaysNothing() {
        assertThat(ShapeStatement.of(Map.of("seed", "1"))).isEmpty();
    }
}
