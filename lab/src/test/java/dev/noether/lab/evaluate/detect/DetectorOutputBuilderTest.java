package dev.noether.lab.evaluate.detect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.stack.StackException;
import dev.noether.lab.evaluate.TestingSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DetectorOutputBuilderTest {
    private final EvaluationSeries series = TestingSeries.stream(2, 10, TestingSeries.labels(5), List.of(), 1);
    private final DetectorOutputBuilder builder = new DetectorOutputBuilder(series);

    @Test
    void rowsWithoutAModelAreAnErrorAndNoResult() {
        builder.add(unscored(-1, UnscoredReason.COLD_START));
        builder.add(unscored(0, UnscoredReason.WARM_UP));
        assertThatCode(builder::requireModel).doesNotThrowAnyException();
        builder.add(unscored(1, UnscoredReason.COLD_START));
        builder.add(unscored(2, UnscoredReason.COLD_START));
        assertThatThrownBy(builder::requireModel)
                .isInstanceOf(StackException.class)
                .hasMessage(series.name() + ": the scoring job had no model for 2 of "
                        + series.test().length() + " test rows; it refused the model that was just trained, and its log"
                        + " says why");
    }

    private Score unscored(long row, UnscoredReason reason) {
        return Score.unscored("evaluation", series.name(), 60_000 * row, 0, row, reason);
    }
}
