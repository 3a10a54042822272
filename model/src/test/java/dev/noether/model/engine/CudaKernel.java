package dev.noether.model.engine;

/** The kernel that follows a product: one thread for each value, in blocks of one dimension. */
final class CudaKernel {
    static final String NAME = "add_biases";
    static final int BLOCK = 256;

    /** CUDA C, compiled at the start for the device. A NaN stays a NaN. */
    static final String SOURCE = """
        extern "C" __global__ void add_biases(
                float* values, const float* biases, int width, int count, int rectified) {
            long long index = (long long) blockIdx.x * blockDim.x + threadIdx.x;
            if (index < count) {
                float value = values[index] + biases[index % width];
                values[index] = rectified && value < 0.0f ? 0.0f : value;
            }
        }
        """;

    private CudaKernel() {}

    /** Number of blocks for a number of values. */
    static int blocks(int count) {
        return (int) (((long) count + BLOCK - 1) / BLOCK);
    }

    /** What one thread of the kernel does; the same statements as in {@link #SOURCE}. */
    static void thread(int block, int thread, float[] values, float[] biases, int width, int count, boolean rectified) {
        long index = (long) block * BLOCK + thread;
        if (index < count) {
            float value = values[(int) index] + biases[(int) (index % width)];
            values[(int) index] = rectified && value < 0.0f ? 0.0f : value;
        }
    }
}
