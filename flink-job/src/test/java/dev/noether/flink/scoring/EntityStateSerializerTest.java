package dev.noether.flink.scoring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.model.schedule.ScheduleState;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EntityStateSerializerTest {
    private static final int FEATURES = 38;
    private static final int ROWS = 6;
    private static final long SEED = Long.getLong("noether.seed", 20_261_123);

    /** Written by the version that made the third format. */
    private static final String THIRD =
            "03000000030000000100000002000000020000018bcfe568003f000000bfa000000000018bcfe56be84e6e6b28"
                    + "40400000000100000000000007d00000000000000009010000004d3fc00000023f0000003f800000be80000040"
                    + "8000003e000000400000004100000040400000bf8000003e8000003f8000003f000000013fc000003e800000bf"
                    + "000000000000070000000300020000000b";

    @Test
    void whatIsWrittenIsReadAndCopied() throws IOException {
        EntityState state = state(new SplittableRandom(SEED));
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes(state)));
        assertThat(bytes(read)).isEqualTo(bytes(state));
        assertThat(bytes(EntityStateSerializer.INSTANCE.copy(state))).isEqualTo(bytes(state));
        assertThat(read.baseline()).isEqualTo(state.baseline()).isNotSameAs(state.baseline());
        assertThat(read.window().lateRows()).isEqualTo(1);
        assertThat(read.window().lateMillis()).isEqualTo(500 + ROWS - 1);
        assertThat(read.modelVersion()).isEqualTo(3);
        assertThat(read.window().value(ROWS - 1, 5)).isEqualTo(state.window().value(ROWS - 1, 5));
    }

    @Test
    void takesTheBytesThatItsDocumentationSays() throws IOException {
        // 6 rows of 38 floats and a time; 3 scales of 2 × 38 floats; 45 bytes of numbers of its own, 21 of its alarms,
        // 2 for how many features stand still, 8 for the model's hash, 1 for whether there is a shape view.
        assertThat(bytes(state(new SplittableRandom(SEED))))
                .hasSize(6 * (38 * 4 + 8) + 3 * 2 * 38 * 4 + 45 + 21 + 2 + 8 + 1);
        assertThat(bytes(state(new SplittableRandom(SEED)))).hasSize(1_949);
    }

    @Test
    void theHashOfItsModelIsReadAsItWasWrittenAndCopied() throws IOException {
        EntityState state = state(new SplittableRandom(SEED));
        state.setModelHash(0xfedcba9876543210L);
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes(state)));
        assertThat(read.modelHash()).isEqualTo(0xfedcba9876543210L);
        assertThat(EntityStateSerializer.INSTANCE.copy(state).modelHash()).isEqualTo(0xfedcba9876543210L);
    }

    @Test
    void aStateOfTheFirstFormatKeepsItsRowsAndBeginsItsBaselineAnew() throws IOException {
        DataOutputSerializer first = new DataOutputSerializer(64);
        first.writeByte(1);
        first.writeInt(2);
        first.writeInt(0);
        first.writeInt(1);
        first.writeInt(1);
        first.writeLong(77);
        first.writeFloat(5);
        first.writeLong(9);
        first.writeBoolean(true);
        first.writeFloat(0.5f);
        first.writeFloat(0.25f);
        first.writeByte(42);
        DataInputDeserializer source = new DataInputDeserializer(first.getCopyOfBuffer());
        EntityState state = EntityStateSerializer.INSTANCE.deserialize(source);
        assertThat(state.window().time(0)).isEqualTo(77);
        assertThat(state.window().value(0, 0)).isEqualTo(5);
        assertThat(state.baseline()).isNull();
        assertThat(source.readByte()).as("nothing of the next state is read").isEqualTo((byte) 42);
    }

    @Test
    void aStateOfTheSecondFormatIsReadInFull() throws IOException {
        EntityState state = state(new SplittableRandom(SEED));
        state.window().setLate(0, 0);
        byte[] bytes = bytes(state);
        // The second format was the third without the late rows behind the window's, of which there are none, and
        // without
        // the features that stand still, of which there are none either.
        int rows = 1 + 4 * Integer.BYTES + state.window().size() * (Long.BYTES + FEATURES * Float.BYTES);
        byte[] second = new byte[bytes.length - 20];
        System.arraycopy(bytes, 0, second, 0, rows);
        System.arraycopy(bytes, rows + 10, second, rows, second.length - rows);
        second[0] = 2;
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(second));
        assertThat(bytes(read)).isEqualTo(bytes(state));
    }

    @Test
    void aStateOfTheThirdFormatIsReadInFull() throws IOException {
        DataInputDeserializer source = new DataInputDeserializer(HexFormat.of().parseHex(THIRD));
        EntityState state = EntityStateSerializer.INSTANCE.deserialize(source);
        assertThat(source.available()).isZero();
        WindowBuffer window = state.window();
        assertThat(window.windowRows()).isEqualTo(3);
        assertThat(window.slack()).isEqualTo(1);
        assertThat(window.features()).isEqualTo(2);
        assertThat(window.size()).isEqualTo(2);
        assertThat(window.time(0)).isEqualTo(1_700_000_000_000L);
        assertThat(window.time(1)).isEqualTo(1_700_000_001_000L);
        assertThat(window.value(0, 0)).isEqualTo(0.5f);
        assertThat(window.value(0, 1)).isEqualTo(-1.25f);
        assertThat(window.value(1, 0)).isEqualTo(1e9f);
        assertThat(window.value(1, 1)).isEqualTo(3);
        assertThat(window.lateRows()).isEqualTo(1);
        assertThat(window.lateMillis()).isEqualTo(2_000);
        assertThat(state.modelVersion()).isEqualTo(9);
        assertThat(state.baseline())
                .isEqualTo(new EntityBaseline(
                        List.of(
                                new RunningScale(new float[] {0.5f, -0.25f}, new float[] {1, 4}),
                                new RunningScale(new float[] {0.125f, 8}, new float[] {2, 3})),
                        new RunningScale(new float[] {-1, 1}, new float[] {0.25f, 0.5f}),
                        77,
                        1.5f));
        assertThat(state.alarms()).usingRecursiveComparison().isEqualTo(new AlarmState(1.5f, 0.25f, -0.5f, 7, 3));
        assertThat(state.repeats().repeats()).containsExactly((short) 0, (short) 11);
        assertThat(bytes(state))
                .as("the fourth format only adds the model's hash, and whether there is a shape view")
                .isEqualTo(HexFormat.of().parseHex("04" + THIRD.substring(2) + "00".repeat(9)));
    }

    @Test
    void whatStandsStillIsReadAsItWasWrittenAndCopied() throws IOException {
        EntityState moving = state(new SplittableRandom(SEED));
        short[] repeats = new short[FEATURES];
        repeats[3] = Short.MAX_VALUE;
        EntityState state = new EntityState(
                moving.window(), RepeatRuns.of(repeats), moving.baseline(), moving.alarms(), moving.modelVersion());
        byte[] bytes = bytes(state);
        assertThat(bytes).hasSize(1_949 + 2 * FEATURES);
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
        assertThat(read.repeats().rows(3)).isEqualTo(Short.MAX_VALUE + 1);
        assertThat(bytes(read)).isEqualTo(bytes);
        assertThat(bytes(EntityStateSerializer.INSTANCE.copy(state))).isEqualTo(bytes);
    }

    @Test
    void aStateOfTheSecondFormatKnowsNothingOfLateRows() throws IOException {
        DataOutputSerializer second = new DataOutputSerializer(64);
        second.writeByte(2);
        second.writeInt(2);
        second.writeInt(0);
        second.writeInt(1);
        second.writeInt(0);
        second.writeLong(9);
        second.writeBoolean(false);
        second.writeBoolean(false);
        second.writeByte(42);
        DataInputDeserializer source = new DataInputDeserializer(second.getCopyOfBuffer());
        EntityState state = EntityStateSerializer.INSTANCE.deserialize(source);
        assertThat(state.window().lateRows()).isZero();
        assertThat(state.modelVersion()).isEqualTo(9);
        assertThat(source.readByte()).as("nothing of the next state is read").isEqualTo((byte) 42);
    }

    @Test
    void theStateOfAChallengerIsReadAndCopiedAndWithoutItTheFormatIsTheFourth() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        EntityState state = state(random);
        byte[] alone = bytes(state);
        EntityState challenger = new EntityState(
                state.window(), state.repeats(), state(random).baseline(), new AlarmState(1, 2, 3, 4, 5), 9);
        challenger.setModelHash(77);
        state.setChallenger(challenger);
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes(state)));
        assertThat(bytes(read)).isEqualTo(bytes(state)).startsWith(5);
        assertThat(bytes(EntityStateSerializer.INSTANCE.copy(state))).isEqualTo(bytes(state));
        assertThat(requireNonNull(read.challenger()).baseline()).isEqualTo(challenger.baseline());
        assertThat(read.challenger().modelHash()).isEqualTo(77);
        assertThat(read.challenger().window()).isSameAs(read.window());
        read.setChallenger(null);
        assertThat(bytes(read)).isEqualTo(alone).startsWith(4);
    }

    @Test
    void theStateOfAScheduleIsReadAndCopiedAndIsOnlyWrittenDuringAJob() throws IOException {
        EntityState state = state(new SplittableRandom(SEED));
        byte[] alone = bytes(state);
        ScheduleState schedule = state.scheduleOf();
        assertThat(bytes(state)).as("no job").isEqualTo(alone).startsWith(4);
        DataOutputSerializer job = new DataOutputSerializer(64);
        job.writeLong(77);
        job.writeInt(2);
        job.writeFloat(3);
        job.writeFloat(-4);
        state.setSchedule(ScheduleState.read(new DataInputDeserializer(job.getCopyOfBuffer())));
        EntityState challenger = state.newChallenger();
        for (EntityState other : new @Nullable EntityState[] {null, challenger}) {
            state.setChallenger(other);
            EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes(state)));
            assertThat(bytes(read)).isEqualTo(bytes(state)).startsWith(7);
            assertThat(bytes(EntityStateSerializer.INSTANCE.copy(state))).isEqualTo(bytes(state));
            assertThat(requireNonNull(read.schedule()).isEmpty()).isFalse();
            assertThat(schedule.isEmpty()).isTrue();
        }
        challenger.setSchedule(state.schedule());
        state.setSchedule(null);
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes(state)));
        assertThat(bytes(read)).isEqualTo(bytes(state)).startsWith(7);
        assertThat(read.schedule()).isNull();
        assertThat(requireNonNull(requireNonNull(read.challenger()).schedule()).isEmpty())
                .isFalse();
    }

    @Test
    void theSustainedExcessIsStateWhileThereIsSome() throws IOException {
        EntityState state = state(new SplittableRandom(SEED));
        byte[] without = bytes(state);
        requireNonNull(state.baseline()).setSustained(2.5f);
        byte[] with = bytes(state);
        assertThat(with).startsWith(8);
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(with));
        assertThat(requireNonNull(read.baseline()).sustained()).isEqualTo(2.5f);
        assertThat(bytes(read)).isEqualTo(with);
        assertThat(bytes(EntityStateSerializer.INSTANCE.copy(state))).isEqualTo(with);
        requireNonNull(read.baseline()).setSustained(0);
        assertThat(bytes(read)).isEqualTo(without).startsWith(4);
    }

    @Test
    void aStateOfALaterFormatIsRefused() {
        assertThatThrownBy(() -> EntityStateSerializer.INSTANCE.deserialize(
                        new DataInputDeserializer(new byte[] {9, 0, 0, 0, 0})))
                .isInstanceOf(IOException.class)
                .hasMessage("found state format version 9, supports at most 8");
    }

    @Test
    void damagedLengthsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        int[][] windows = {
            {Integer.MAX_VALUE, 0, 1, 0},
            {1 << 20, 0, 1 << 20, 0},
            {2, 0, -1, 0},
            {2, -1, 3, 0},
            {2, 0, 3, 7},
            {0, 0, 1, 0}
        };
        for (int[] window : windows) {
            DataOutputSerializer damaged = new DataOutputSerializer(64);
            damaged.writeByte(3);
            for (int number : window) {
                damaged.writeInt(number);
            }
            assertThatThrownBy(() -> EntityStateSerializer.INSTANCE.deserialize(
                            new DataInputDeserializer(damaged.getCopyOfBuffer())))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the state is damaged: a window of " + window[0] + " and " + window[1]);
        }
    }

    private static byte[] bytes(EntityState state) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(2048);
        EntityStateSerializer.INSTANCE.serialize(state, target);
        return target.getCopyOfBuffer();
    }

    private static EntityState state(RandomGenerator random) {
        WindowBuffer window = new WindowBuffer(ROWS, 0, FEATURES);
        for (int i = 0; i < ROWS; i++) {
            window.addStored(i, numbers(random), 0);
        }
        window.rejectLate(-500);
        EntityBaseline baseline = new EntityBaseline(List.of(scale(random), scale(random)), scale(random), 77, 1.5f);
        return new EntityState(
                window, new RepeatRuns(), requireNonNull(baseline), new AlarmState(1.5f, 0.25f, -0.5f, 7, 3), 3);
    }

    private static RunningScale scale(RandomGenerator random) {
        return new RunningScale(numbers(random), numbers(random));
    }

    private static float[] numbers(RandomGenerator random) {
        float[] numbers = new float[FEATURES];
        for (int j = 0; j < FEATURES; j++) {
            numbers[j] = random.nextFloat(0.1f, 2);
        }
        return numbers;
    }
}
