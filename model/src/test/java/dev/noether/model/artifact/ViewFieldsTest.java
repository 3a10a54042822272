package dev.noether.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AlarmView;
import dev.noether.model.alarm.JointAlarm;
import dev.noether.model.alarm.ParetoTail;
import dev.noether.model.alarm.ViewTail;
import dev.noether.model.count.CountLaw;
import dev.noether.model.count.CountLaws;
import dev.noether.model.exceedance.ExceedanceLaw;
import dev.noether.model.exceedance.ExceedanceLevel;
import dev.noether.model.testing.TestingArtifacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ViewFieldsTest {
    @Test
    void viewsAndCountsSurviveTheFile() throws ArtifactException {
        CountLaws counts = new CountLaws(
                List.of(new CountLaw(0, -0.1f, 20, 0.002f, 1.5f, 0.3f, 0.05f), new CountLaw(2, 0, 1, 0.1f, 1, 2, 0)));
        ViewTail row = new ViewTail(1, 2, 0.5, new ParetoTail(-0.05));
        JointAlarm views = JointAlarm.of(
                row,
                Map.of(
                        AlarmView.STARTING, new ViewTail(0.05, 3, 0.7, new ParetoTail(0.1)),
                        AlarmView.COUNTS, new ViewTail(0.02, 2.3, 1, new ParetoTail(0)),
                        AlarmView.FEATURES, new ViewTail(0.05, 1.7, 0.9, new ParetoTail(-0.03))));
        ExceedanceLaw exceedances = new ExceedanceLaw(List.of(
                new ExceedanceLevel(0.1f, 1, new float[] {2, 3, 4}),
                new ExceedanceLevel(0.01f, 1.5f, new float[] {6.6f, 9, 1e10f})));
        ModelArtifact plain = TestingArtifacts.random(3, 2, 1);
        ModelArtifact model =
                plain.withCounts(counts).withExceedances(exceedances).with(plain.rule(), plain.calibration(), views);
        ModelArtifact read = ArtifactCodec.decode(ArtifactCodec.encode(model));
        assertThat(read.counts()).isEqualTo(counts);
        assertThat(read.exceedances()).isEqualTo(exceedances);
        assertThat(read.alarmViews()).isEqualTo(views);
        assertThat(read).isEqualTo(model);
    }
}
