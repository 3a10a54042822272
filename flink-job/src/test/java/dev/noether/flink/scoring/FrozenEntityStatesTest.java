package dev.noether.flink.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.model.schedule.ScheduleState;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes of each format of the state of an entity from the fourth one on, as they are in checkpoints of users. */
class FrozenEntityStatesTest {
    /** A state, and what the version that introduced its format wrote for it. Never changed; a later format is added. */
    enum Frozen {
        FOURTH("04000000020000000100000002000000020000018bcfe568003f000000bfa000000000018bcfe56be84e6e6b"
                + "2840400000000100000000000007d00000000000000009010000004d3fc00000023f0000003f800000be8000"
                + "00408000003e000000400000004100000040400000bf8000003e8000003f8000003f000000013fc000003e80"
                + "0000bf000000000000070000000300020000000bfedcba987654321000") {
            @Override
            EntityState state() {
                return plain();
            }
        },
        /** With a challenger. */
        FIFTH("05000000020000000100000002000000020000018bcfe568003f000000bfa000000000018bcfe56be84e6e6b"
                + "2840400000000100000000000007d00000000000000009010000004d3fc00000023f0000003f800000be8000"
                + "00408000003e000000400000004100000040400000bf8000003e8000003f8000003f000000013fc000003e80"
                + "0000bf000000000000070000000300020000000bfedcba987654321000000000000000000a010000004d3fc0"
                + "0000023f0000003f800000be800000408000003e000000400000004100000040400000bf8000003e8000003f"
                + "8000003f000000013f80000040000000404000000000000400000005000000000000004d00") {
            @Override
            EntityState state() {
                EntityState state = plain();
                EntityState challenger =
                        new EntityState(state.window(), state.repeats(), baseline(), new AlarmState(1, 2, 3, 4, 5), 10);
                challenger.setModelHash(77);
                state.setChallenger(challenger);
                return state;
            }
        },
        /** With origins of features, and a feature that is missing. */
        SIXTH("06000000020000000100000002000000020000018bcfe56800d8635fa9bfa000000000018bcfe56be8d8635f"
                + "9a404000000000000100000000430c6bf52634000000020000000300000000000100000000000007d0000000"
                + "0000000009010000004d3fc00000023f0000003f800000be800000408000003e000000400000004100000040"
                + "400000bf8000003e8000003f8000003f000000013fc000003e800000bf000000000000070000000300020000"
                + "000bfedcba98765432100000") {
            @Override
            EntityState state() {
                EntityState state = plain();
                state.window().setOrigin(new double[] {1e15, 0});
                state.missing().set(new short[] {0, 3});
                return state;
            }
        },
        /** With a schedule. */
        SEVENTH("07000000020000000100000002000000020000018bcfe568003f000000bfa000000000018bcfe56be84e6e6b"
                + "284040000000000000000000000000000100000000000007d00000000000000009010000004d3fc00000023f"
                + "0000003f800000be800000408000003e000000400000004100000040400000bf8000003e8000003f8000003f"
                + "000000013fc000003e800000bf000000000000070000000300020000000bfedcba9876543210000100000000"
                + "0000004d0000000240400000c080000000") {
            @Override
            EntityState state() throws IOException {
                EntityState state = plain();
                DataOutputSerializer job = new DataOutputSerializer(64);
                job.writeLong(77);
                job.writeInt(2);
                job.writeFloat(3);
                job.writeFloat(-4);
                state.setSchedule(ScheduleState.read(new DataInputDeserializer(job.getCopyOfBuffer())));
                return state;
            }
        };

        private final String hex;

        Frozen(String hex) {
            this.hex = hex;
        }

        abstract EntityState state() throws IOException;

        byte[] stored() {
            return HexFormat.of().parseHex(hex);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReadInFull(Frozen frozen) throws IOException {
        DataInputDeserializer source = new DataInputDeserializer(frozen.stored());
        EntityState read = EntityStateSerializer.INSTANCE.deserialize(source);
        assertThat(source.available()).as("bytes that were not read").isZero();
        assertThat(HexFormat.of().formatHex(bytes(read)))
                .as("the same state, in the format of today")
                .isEqualTo(HexFormat.of().formatHex(bytes(frozen.state())));
        assertThat(frozen.stored()[0]).isEqualTo((byte) (4 + frozen.ordinal()));
    }

    private static EntityState plain() {
        WindowBuffer window = new WindowBuffer(2, 1, 2);
        window.addStored(1_700_000_000_000L, new float[] {0.5f, -1.25f}, 0);
        window.addStored(1_700_000_001_000L, new float[] {1e9f, 3}, 0);
        window.setLate(1, 2_000);
        RepeatRuns repeats = RepeatRuns.of(new short[] {0, 11});
        EntityState state = new EntityState(window, repeats, baseline(), new AlarmState(1.5f, 0.25f, -0.5f, 7, 3), 9);
        state.setModelHash(0xfedcba9876543210L);
        return state;
    }

    private static EntityBaseline baseline() {
        return new EntityBaseline(
                List.of(
                        new RunningScale(new float[] {0.5f, -0.25f}, new float[] {1, 4}),
                        new RunningScale(new float[] {0.125f, 8}, new float[] {2, 3})),
                new RunningScale(new float[] {-1, 1}, new float[] {0.25f, 0.5f}),
                77,
                1.5f);
    }

    private static byte[] bytes(EntityState state) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        EntityStateSerializer.INSTANCE.serialize(state, target);
        return target.getCopyOfBuffer();
    }
}
