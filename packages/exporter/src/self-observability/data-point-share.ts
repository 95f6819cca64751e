/**
 * Tells how many data points go with some samples: a histogram is one data point and many samples. All of them together
 * give exactly the data points that were put in; where some are lost and some are not, it is a share.
 */
export interface DataPointShare {
  /** Data points that have become so many samples. */
  add(dataPoints: number, samples: number): void;
  /** Samples are done with: gives the number of data points that are, too. */
  take(samples: number): number;
}

export function createDataPointShare(): DataPointShare {
  let dataPoints = 0;
  let samples = 0;
  return {
    add(moreDataPoints, moreSamples) {
      dataPoints += moreDataPoints;
      samples += moreSamples;
    },
    take(taken) {
      if (taken === 0) return 0;
      const share = taken >= samples ? dataPoints : Math.round((dataPoints * taken) / samples);
      dataPoints -= share;
      samples = Math.max(0, samples - taken);
      return share;
    },
  };
}
