package dev.noether.model.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * A driver on the CPU. The operations of a stream run at {@link #synchronize}, as late as a device may run them. Sizes,
 * leading dimensions, use after free, the order between streams and leaks are checked; no fallback catches these errors.
 */
final class TestingCudaDriver implements CudaDriver {
    private final Engine products = new ReferenceEngine();
    private final Set<Floats> live = new HashSet<>();
    private final List<Queue<Runnable>> streams = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final List<Set<Floats>> pending = List.of(new HashSet<>(), new HashSet<>());
    private final List<String> calls = new ArrayList<>();
    private int failingCall = Integer.MAX_VALUE;
    private boolean isClosed;

    /** Fails in a call, counted from 0, and in all later ones. Freeing never fails. */
    TestingCudaDriver failingIn(int call) {
        failingCall = call;
        return this;
    }

    /** The names of all calls so far. */
    List<String> calls() {
        return calls;
    }

    /** Number of buffers that are not freed. */
    int liveCount() {
        return live.size();
    }

    boolean isClosed() {
        return isClosed;
    }

    private void call(String name) {
        require(!isClosed, "the driver is closed");
        calls.add(name);
        if (calls.size() > failingCall) {
            throw new IllegalStateException(name + ": error 700, an illegal memory access was encountered");
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new AssertionError(problem);
        }
    }

    private final class Floats implements DeviceFloats, PinnedFloats {
        final float[] values;

        Floats(int count) {
            require(count > 0, "an allocation of " + count + " values");
            values = new float[count];
            Arrays.fill(values, Float.NaN);
            live.add(this);
        }

        Floats holding(int count) {
            require(live.contains(this), "use after free");
            require(count <= values.length, count + " values of a buffer of " + values.length);
            return this;
        }

        @Override
        public void write(float[] source, int from, int count) {
            System.arraycopy(source, from, holding(count).idle().values, 0, count);
        }

        @Override
        public void read(float[] target, int to, int count) {
            System.arraycopy(holding(count).idle().values, 0, target, to, count);
        }

        private Floats idle() {
            require(pending.stream().noneMatch(used -> used.contains(this)), "the device has not finished with it");
            return this;
        }

        @Override
        public void close() {
            // A real driver waits for the device before it frees.
            live.remove(this);
        }
    }

    private Floats use(int stream, AutoCloseable floats, int count) {
        Floats used = ((Floats) floats).holding(count);
        require(!pending.get(1 - stream).contains(used), "the other stream has not finished with it");
        pending.get(stream).add(used);
        return used;
    }

    /** What is only read may be read by both streams at once. */
    private Floats factor(int stream, AutoCloseable floats, int count) {
        Floats used = ((Floats) floats).holding(count);
        require(!pending.get(1 - stream).contains(used), "the other stream has not finished with it");
        return used;
    }

    @Override
    public DeviceFloats allocate(int count) {
        call("allocate");
        return new Floats(count);
    }

    @Override
    public PinnedFloats pin(int count) {
        call("pin");
        return new Floats(count);
    }

    @Override
    public void upload(int stream, PinnedFloats source, DeviceFloats target, int count) {
        call("upload");
        copy(stream, source, target, count);
    }

    @Override
    public void download(int stream, DeviceFloats source, PinnedFloats target, int count) {
        call("download");
        copy(stream, source, target, count);
    }

    private void copy(int stream, AutoCloseable source, AutoCloseable target, int count) {
        Floats from = use(stream, source, count);
        Floats to = use(stream, target, count);
        streams.get(stream)
                .add(() -> System.arraycopy(from.holding(count).values, 0, to.holding(count).values, 0, count));
    }

    @Override
    public void multiply(
            int stream,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float alpha,
            DeviceFloats a,
            int lda,
            DeviceFloats b,
            int ldb,
            float beta,
            DeviceFloats c,
            int ldc) {
        call("multiply");
        require(lda == (transposeA ? k : m) && ldb == (transposeB ? n : k) && ldc == m, "a leading dimension");
        Floats left = factor(stream, a, m * k);
        Floats right = factor(stream, b, k * n);
        Floats product = use(stream, c, m * n);
        require(product != left && product != right, "a product in place of its factor");
        // Column-major: cᵀ = op(b)ᵀ · op(a)ᵀ in row-major.
        streams.get(stream)
                .add(() -> products.multiply(
                        transposeB,
                        transposeA,
                        n,
                        m,
                        k,
                        alpha,
                        right.holding(n * k).values,
                        left.holding(m * k).values,
                        beta,
                        product.holding(m * n).values));
    }

    @Override
    public void addBiases(
            int stream, DeviceFloats values, DeviceFloats biases, int width, int rows, boolean isRectified) {
        call("addBiases");
        int count = rows * width;
        Floats target = use(stream, values, count);
        Floats added = factor(stream, biases, width);
        streams.get(stream).add(() -> {
            for (int block = 0; block < CudaKernel.blocks(count); block++) {
                for (int thread = 0; thread < CudaKernel.BLOCK; thread++) {
                    CudaKernel.thread(
                            block, thread, target.values, added.holding(width).values, width, count, isRectified);
                }
            }
        });
    }

    @Override
    public void synchronize(int stream) {
        call("synchronize");
        streams.get(stream).forEach(Runnable::run);
        streams.get(stream).clear();
        pending.get(stream).clear();
    }

    @Override
    public void close() {
        require(!isClosed, "the driver is closed twice");
        require(live.isEmpty(), live.size() + " buffers were not freed");
        isClosed = true;
    }
}
