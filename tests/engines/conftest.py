import sys
from pathlib import Path

# A worker process finds the tasks by the name of their module.
sys.path.insert(0, str(Path(__file__).parent))
